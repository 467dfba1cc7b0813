using Atlas.Cli.Config;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Workspace;
using Atlas.Client;

namespace Atlas.Cli.Up;

/// <summary>Restarts silos one after the other: each hands over its work, stops, and serves again before the next one restarts.</summary>
internal sealed class RollingRestart(CommandContext context, HttpClient http)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    // After this time every client has refreshed its list of silos, so none is left that knows only the one that restarts next.
    private static readonly TimeSpan UntilClientsKnow = AtlasClientOptions.DefaultGatewayRefresh + TimeSpan.FromSeconds(1);

    /// <summary>Gets the full path of the configuration to start with; null for the one each silo has.</summary>
    public string? ConfigurationFile { get; init; }

    /// <param name="only">The only silo to restart; null for all of them.</param>
    /// <param name="cancellation">Stops between two silos, or stops waiting for one.</param>
    /// <exception cref="CommandFailedException">Nothing is running, or a silo did not come up again; those after it were left
    /// alone.</exception>
    public async Task RunAsync(string? only, CancellationToken cancellation)
    {
        using var held = await WorkspaceLock.TakeAsync(
            context.Home,
            Patience,
            () => context.Terminal.Say("Another atlas command is starting or stopping things here; waiting for it …"),
            context.Clock,
            cancellation);
        var register = new SiloRegister(context.Home);
        IReadOnlyList<SiloRecord> silos = only is null ? register.Running() : [register.Require(only)];
        if (silos.Count == 0)
        {
            throw new CommandFailedException(ExitCode.NotRunning, "No silo is running here. Start one with `atlas up --detach`.");
        }

        // Checked before anything is stopped: a silo with a wrong configuration would not come up again.
        foreach (var file in silos.Select(silo => ConfigurationFile ?? silo.Configuration).OfType<string>().Distinct())
        {
            SiloConfiguration.Demand(file, context.Terminal);
        }

        if (silos.Any(silo => silo.Process.IsAlive) && register.Running().Count == 1)
        {
            context.Terminal.Say("Only one silo is running here, so calls wait while it restarts. Add another with `atlas up --silos 2`.");
        }

        var database = await new DatabaseHost(context).ReviveAsync(context.Caller.DatabaseUrl, cancellation);
        for (var index = 0; index < silos.Count; index++)
        {
            await RestartAsync(register, silos[index], database, cancellation);
            if (index < silos.Count - 1)
            {
                await Progress.WaitAsync(context.Terminal, "Letting clients find it", () => Task.Delay(UntilClientsKnow, context.Clock, cancellation));
            }
        }
    }

    private async Task RestartAsync(SiloRegister register, SiloRecord silo, DatabaseRecord database, CancellationToken cancellation)
    {
        if (silo.Process.IsAlive)
        {
            var stop = new SiloStop(register, context.Terminal, context.Clock);
            await Progress.WaitAsync(context.Terminal, $"Stopping {silo.Name}", () => stop.StopAsync(silo, cancellation));
        }

        var started = await new SiloStarter(context, http).StartAsync(
            [(silo.Name, silo.Ports)],
            database,
            ConfigurationFile ?? silo.Configuration,
            fresh => fresh with { Embedded = silo.Embedded, StartedDatabase = silo.StartedDatabase },
            cancellation);
        context.Terminal.Data($"{silo.Name} was restarted as process {started[0].Process.Pid}.");
    }
}
