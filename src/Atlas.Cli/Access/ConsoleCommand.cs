using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Up;

namespace Atlas.Cli.Access;

/// <summary><c>atlas console</c></summary>
internal sealed class ConsoleCommand : AtlasCommand
{
    private readonly Option<string?> _key = new("--key") { Description = "Lead to the page of this learning key.", HelpName = "KEY" };
    private readonly AuthorOption _by = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public ConsoleCommand(CommandContext context)
        : base(context, "console", "Print an address that opens the console in a browser: good once, for a quarter of an hour.")
    {
        Add(_key);
        _by.AddTo(this);
        Add(_json);
        Examples = ["atlas console", "atlas console --key tau/airline", "atlas console --json"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var silo = new SiloRegister(Context.Home).Running().FirstOrDefault()
            ?? throw new CommandFailedException(ExitCode.NotRunning, "No silo runs here, and a silo serves the console. Start one with `atlas up --detach`.");
        var page = arguments.GetValue(_key) is { } key ? $"/key?key={Uri.EscapeDataString(key)}" : null;
        var url = await new ConsoleAddress(Context).NewAsync(silo.Ports, _by.Read(arguments, Context.Caller), page);
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(new { url });
        }
        else
        {
            Context.Terminal.Data(url.AbsoluteUri);
        }

        return ExitCode.Ok;
    }
}
