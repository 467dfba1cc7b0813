using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Up;

/// <summary>Brings up the database and the silos, keeping what is already running.</summary>
internal sealed class ClusterUp(CommandContext context, HttpClient http)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan PatienceWithRunning = TimeSpan.FromSeconds(30);

    private readonly SiloStarter _starter = new(context, http);

    /// <summary>Gets the full path of the configuration to start silos with; null for the one in the environment.</summary>
    public string? ConfigurationFile { get; init; }

    /// <summary>Gets a value indicating whether what is started only serves a command, which stops it again.</summary>
    public bool Embedded { get; init; }

    /// <summary>Gets the number of silos that should run; additional ones are left alone.</summary>
    public int Silos { get; init; } = 1;

    /// <param name="ports">The ports of the first silo that is started; those of further ones are derived from them.</param>
    /// <param name="databaseUrl">The database to use; null for a private one.</param>
    /// <param name="cancellation">Cancels the wait; what was started is stopped again.</param>
    /// <exception cref="CommandFailedException">Something is in the way; the message says what.</exception>
    public async Task<RunningCluster> StartAsync(SiloPorts ports, string? databaseUrl, CancellationToken cancellation)
    {
        using var held = await WorkspaceLock.TakeAsync(
            context.Home,
            Patience,
            () => context.Terminal.Say("Another atlas command is starting or stopping things here; waiting for it …"),
            context.Clock,
            cancellation);
        var register = new SiloRegister(context.Home);
        var databases = new DatabaseHost(context);
        var running = await WithoutUselessAsync(register, databases, cancellation);
        if (running.Count > 0)
        {
            ConfigurationInForce.Demand(running, ConfigurationFile);
            var current = await databases.ReviveAsync(databaseUrl, cancellation);
            foreach (var silo in running)
            {
                await new SiloStart(http, context.Clock).AwaitHealthAsync(silo, null, PatienceWithRunning, cancellation);
                if (silo.Embedded && !Embedded)
                {
                    // Now that it was explicitly requested, it no longer ends with the command that started it.
                    register.Save(silo with { Embedded = false });
                }
            }

            return await FillAsync(register, running, ports, current, startsDatabase: false, cancellation);
        }

        PortCheck.Demand(ports);
        var startsDatabase = databaseUrl is null && !await databases.PrivateRunsAsync(cancellation);
        var database = await databases.EnsureAsync(databaseUrl, cancellation, makesSecret: true);
        return await FillAsync(register, running, ports, database, startsDatabase, cancellation);
    }

    // Silos whose records are missing are adopted if they still work, and stopped if not.
    private async Task<IReadOnlyList<SiloRecord>> WithoutUselessAsync(
        SiloRegister register, DatabaseHost databases, CancellationToken cancellation)
    {
        foreach (var silo in register.Running().Where(silo => silo.IsLost))
        {
            var who = $"{silo.Name} (process {silo.Process.Pid}) is running for this workspace, but has no record in {context.Home.Silos}";
            if (databases.IsRecorded && (await SiloHealth.AskAsync(http, silo.Ports, cancellation)).IsHealthy)
            {
                context.Terminal.Say($"{who}. Taking it over.");
                register.Save(silo);
            }
            else
            {
                context.Terminal.Say($"{who}, and is not usable. Stopping it.");
                await new SiloStop(register, context.Terminal, context.Clock).StopAsync(silo, cancellation);
            }
        }

        return register.Running();
    }

    private async Task<RunningCluster> FillAsync(
        SiloRegister register, IReadOnlyList<SiloRecord> running, SiloPorts ports, DatabaseRecord database, bool startsDatabase, CancellationToken cancellation)
    {
        var slots = new SiloSlots(ports, running.Count == 0 ? [] : register.All());
        var missing = Math.Max(0, Silos - running.Count);
        var configuration = ConfigurationFile ?? running.FirstOrDefault()?.Configuration;
        var started = await _starter.StartAsync(
            [.. Enumerable.Range(0, missing).Select(_ => slots.Next())],
            database,
            configuration,
            silo => silo with { Embedded = Embedded, StartedDatabase = startsDatabase },
            cancellation);
        return new RunningCluster(register.Running(), database, started);
    }
}
