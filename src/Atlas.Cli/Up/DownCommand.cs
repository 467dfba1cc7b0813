using System.CommandLine;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Up;

/// <summary><c>atlas down</c></summary>
internal sealed class DownCommand : AtlasCommand
{
    public DownCommand(CommandContext context)
        : base(context, "down", "Stop the silos in good order, then the private PostgreSQL. Data stays.")
    {
        Examples = ["atlas down"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        await new ClusterDown(Context).StopAsync(cancellation);
        return ExitCode.Ok;
    }
}
