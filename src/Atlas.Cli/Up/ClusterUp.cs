using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Up;

/// <summary>Brings up database and silo, whatever of them runs already.</summary>
internal sealed class ClusterUp(CommandContext context, HttpClient http)
{
    private const string SiloName = "silo-1";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan _patienceWithRunning = TimeSpan.FromSeconds(30);

    /// <summary>The configuration to start a silo with, by its full path; null for what the environment says.</summary>
    public string? ConfigurationFile { get; init; }

    /// <summary>Whether a silo that is started serves a command only, which stops it again.</summary>
    public bool Embedded { get; init; }

    /// <param name="ports">Where a silo that is started listens.</param>
    /// <param name="databaseUrl">The database to use; null for a private one.</param>
    /// <param name="cancellation">Stops waiting; what was started is stopped again.</param>
    /// <exception cref="CommandFailedException">Something is in the way; the sentence says what.</exception>
    public async Task<RunningCluster> StartAsync(SiloPorts ports, string? databaseUrl, CancellationToken cancellation)
    {
        using var held = await WorkspaceLock.TakeAsync(
            context.Home,
            _patience,
            () => context.Terminal.Say("Another atlas command starts or stops things here; waiting for it …"),
            context.Clock,
            cancellation);
        var register = new SiloRegister(context.Home);
        var databases = new DatabaseHost(context);
        var running = register.Running();
        if (running.Count > 0)
        {
            ConfigurationInForce.Demand(running, ConfigurationFile);
            var current = await databases.ReviveAsync(databaseUrl, cancellation);
            foreach (var silo in running)
            {
                await new SiloStart(http, context.Clock).AwaitHealthAsync(silo, null, _patienceWithRunning, cancellation);
            }

            return new RunningCluster(running, current, StartedNow: false);
        }

        PortCheck.Demand(ports);
        var startsDatabase = databaseUrl is null && !await databases.PrivateRunsAsync(cancellation);
        var database = await databases.EnsureAsync(databaseUrl, cancellation);
        return new RunningCluster(
            [await StartSiloAsync(register, ports, database, startsDatabase, cancellation)], database, StartedNow: true);
    }

    private async Task<SiloRecord> StartSiloAsync(
        SiloRegister register, SiloPorts ports, DatabaseRecord database, bool startsDatabase, CancellationToken cancellation)
    {
        using var process = new SiloHost(context.Home, context.Repository, context.Clock)
            .Start(SiloName, ports, database.ConnectionString, ConfigurationFile, out var silo);
        silo = silo with { Embedded = Embedded, StartedDatabase = startsDatabase };
        register.Save(silo);
        try
        {
            await Progress.WaitAsync(
                context.Terminal,
                "Starting the silo",
                () => new SiloStart(http, context.Clock).AwaitHealthAsync(silo, process, _patience, cancellation));
        }
        catch
        {
            // A silo that did not come up in time, or that nobody waits for any more, must not linger half-started.
            await new SiloStop(register, context.Terminal, context.Clock).StopAsync(silo, CancellationToken.None);
            throw;
        }

        return silo;
    }
}
