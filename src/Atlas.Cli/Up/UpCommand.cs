using System.CommandLine;
using Atlas.Cli.Config;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Up;

/// <summary><c>atlas up</c></summary>
internal sealed class UpCommand : AtlasCommand
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    private readonly Option<bool> _detach = new("--detach", "-d") { Description = "Return as soon as everything serves." };
    private readonly Option<string?> _database = new("--database")
    {
        Description = "A PostgreSQL to use instead of a private one: URL or connection string. Default: ATLAS_DATABASE_URL.",
        HelpName = "URL",
    };

    private readonly Option<string?> _config = CommonOptions.Text(
        "--config", "FILE", "The configuration of learning, YAML or JSON. Default: ATLAS_CONFIG.", "the name of a file");

    private readonly PortOptions _ports = new();

    public UpCommand(CommandContext context)
        : base(context, "up", "Start a silo, and a private PostgreSQL unless a database is named.")
    {
        Add(_detach);
        Add(_database);
        Add(_config);
        _ports.AddTo(this);
        Examples =
        [
            "atlas up --detach",
            "atlas up --http-port 5081 --silo-port 11112 --gateway-port 30001",
            "atlas up --detach --config atlas.yaml",
            "atlas up --database postgresql://atlas:secret@db.example.org:5432/atlas",
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var configuration = (arguments.GetValue(_config) ?? Context.Caller.ConfigurationFile) is { } file
            ? SiloConfiguration.Demand(file, Context.Terminal)
            : null;
        using var http = SiloHttp.Create();
        var cluster = await new ClusterUp(Context, http) { ConfigurationFile = configuration }
            .StartAsync(_ports.Read(arguments), arguments.GetValue(_database) ?? Context.Caller.DatabaseUrl, cancellation);
        ClusterSummary.Write(cluster, Context.Terminal);
        if (!arguments.GetValue(_detach) && cluster.StartedNow)
        {
            await StayAsync(cluster, cancellation);
        }

        return ExitCode.Ok;
    }

    // In the foreground the command lives as long as the silo, and takes everything down with it.
    private async Task StayAsync(RunningCluster cluster, CancellationToken cancellation)
    {
        Context.Terminal.Say("Ctrl+C stops it.");
        var silo = cluster.Silos[0];
        try
        {
            while (silo.Process.IsAlive)
            {
                await Task.Delay(_pause, Context.Clock, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            await new ClusterDown(Context).StopAsync(CancellationToken.None);
            return;
        }

        throw new CommandFailedException(ExitCode.Failed, $"{silo.Name} ended on its own; its log is {silo.Log}.");
    }
}
