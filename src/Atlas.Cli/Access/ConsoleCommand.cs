using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Up;

namespace Atlas.Cli.Access;

/// <summary><c>atlas console</c></summary>
internal sealed class ConsoleCommand : AtlasCommand
{
    private readonly Option<string?> _key = new("--key") { Description = "The learning key whose page to open.", HelpName = "KEY" };
    private readonly AuthorOption _by = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public ConsoleCommand(CommandContext context)
        : base(context, "console", "Print an address that opens the console in a browser and signs you in. It works once, within 15 minutes.")
    {
        Add(_key);
        _by.AddTo(this);
        Add(_json);
        Examples = ["atlas console", "atlas console --key tau/airline", "atlas console --json"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var silo = new SiloRegister(Context.Home).Running().FirstOrDefault()
            ?? throw new CommandFailedException(ExitCode.NotRunning, "No silo is running here, and the console is served by a silo. Start one with `atlas up --detach`.");
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
