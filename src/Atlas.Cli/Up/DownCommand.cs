using System.CommandLine;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Up;

/// <summary><c>atlas down</c></summary>
internal sealed class DownCommand : AtlasCommand
{
    private readonly Option<string?> _silo = CommonOptions.Text(
        "--silo", "NAME", "Stop this silo only; the others take over what it did.", "the name of a silo, as `atlas status` shows it");

    public DownCommand(CommandContext context)
        : base(context, "down", "Stop the silos in good order, then the private PostgreSQL. Data stays.")
    {
        Add(_silo);
        Examples = ["atlas down", "atlas down --silo silo-2"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var down = new ClusterDown(Context);
        await (arguments.GetValue(_silo) is { } name ? down.StopOneAsync(name, cancellation) : down.StopAsync(cancellation));
        return ExitCode.Ok;
    }
}
