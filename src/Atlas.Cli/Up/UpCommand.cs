using System.CommandLine;
using Atlas.Cli.Access;
using Atlas.Cli.Config;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Up;

/// <summary><c>atlas up</c></summary>
internal sealed class UpCommand : AtlasCommand
{
    private const int MostSilos = 32;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Option<bool> _detach = new("--detach", "-d") { Description = "Return as soon as everything is ready." };
    private readonly Option<string?> _database = new("--database")
    {
        Description = "The database to use instead of a private PostgreSQL: a URL or a connection string. Default: ATLAS_DATABASE_URL, else as configured.",
        HelpName = "URL",
    };

    private readonly Option<string?> _config = CommonOptions.Text(
        "--config", "FILE", "The configuration, a YAML or JSON file. Default: ATLAS_CONFIG.", "the name of a file");

    private readonly Option<int?> _silos = CommonOptions.Number(
        "--silos", "Number of silos that should be running, including those that already are. None is stopped. Default: 1.", 1, MostSilos, otherwise: null);

    private readonly PortOptions _ports = new();

    public UpCommand(CommandContext context)
        : base(context, "up", "Start silos, and a private PostgreSQL unless you name a database.")
    {
        Add(_detach);
        Add(_silos);
        Add(_database);
        Add(_config);
        _ports.AddTo(this);
        Examples =
        [
            "atlas up --detach",
            "atlas up --detach --silos 3",
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
        var cluster = await new ClusterUp(Context, http) { ConfigurationFile = configuration?.File, Silos = arguments.GetValue(_silos) ?? 1 }
            .StartAsync(_ports.Read(arguments), DatabaseOf(arguments, configuration), cancellation);
        ClusterSummary.Write(cluster, Context.Terminal);
        Context.Terminal.Data($"console    {await new ConsoleAddress(Context).NewAsync(cluster.Silos[0].Ports, AuthorOption.Usual(Context.Caller))}");
        if (!arguments.GetValue(_detach) && cluster.Started.Count > 0)
        {
            await StayAsync(cancellation);
        }

        return ExitCode.Ok;
    }

    private string? DatabaseOf(ParseResult arguments, SiloConfiguration? configuration) =>
        arguments.GetValue(_database) ?? Context.Caller.DatabaseUrl ?? configuration?.DatabaseUrl;

    // In the foreground, the command runs as long as the silos, and takes everything down with it. Silos that another command stops or
    // replaces in the meantime leave the register or reappear in it.
    private async Task StayAsync(CancellationToken cancellation)
    {
        Context.Terminal.Say("Press Ctrl+C to stop.");
        var register = new SiloRegister(Context.Home);
        SiloRecord? dead = null;
        try
        {
            while (register.All() is { Count: > 0 } silos)
            {
                var suspect = silos.FirstOrDefault(silo => !silo.Process.IsAlive);
                if (suspect is not null && suspect.Process == dead?.Process)
                {
                    throw new CommandFailedException(ExitCode.Failed, $"{suspect.Name} ended unexpectedly. Its log is {suspect.Log}.");
                }

                dead = suspect;
                await Task.Delay(Pause, Context.Clock, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            await new ClusterDown(Context).StopAsync(CancellationToken.None);
        }
    }
}
