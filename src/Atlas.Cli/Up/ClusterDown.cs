using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Up;

/// <summary>Stops the silos of a workspace, then its private database.</summary>
internal sealed class ClusterDown(CommandContext context)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);

    public async Task StopAsync(CancellationToken cancellation)
    {
        using var held = await WorkspaceLock.TakeAsync(
            context.Home,
            _patience,
            () => context.Terminal.Say("Another atlas command starts or stops things here; waiting for it …"),
            context.Clock,
            cancellation);
        var register = new SiloRegister(context.Home);
        var stopped = false;
        foreach (var silo in register.All())
        {
            if (!silo.Process.IsAlive)
            {
                register.Remove(silo);
                continue;
            }

            var stop = new SiloStop(register, context.Terminal, context.Clock);
            await Progress.WaitAsync(context.Terminal, $"Stopping {silo.Name}", () => stop.StopAsync(silo, cancellation));
            context.Terminal.Data($"{silo.Name} (process {silo.Process.Pid}) is stopped.");
            stopped = true;
        }

        if (await new DatabaseHost(context).StopAsync(cancellation))
        {
            context.Terminal.Data("The private PostgreSQL is stopped; its data stays.");
            stopped = true;
        }

        if (!stopped)
        {
            context.Terminal.Data("Nothing was running.");
        }
    }
}
