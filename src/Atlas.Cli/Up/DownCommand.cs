using System.CommandLine;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Up;

/// <summary><c>atlas down</c></summary>
internal sealed class DownCommand : AtlasCommand
{
    private readonly Option<string?> _silo = CommonOptions.Text(
        "--silo", "NAME", "The silo to stop; the others take over its work. Default: all silos, then the database.", "the name of a silo, as `atlas status` shows it");

    public DownCommand(CommandContext context)
        : base(context, "down", "Stop the silos gracefully, then the private PostgreSQL. The data is kept.")
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
