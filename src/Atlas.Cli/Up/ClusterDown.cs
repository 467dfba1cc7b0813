using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Up;

/// <summary>Stops the silos of a workspace, then its private database.</summary>
internal sealed class ClusterDown(CommandContext context)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Stops one silo; the others take over its work.</summary>
    /// <exception cref="CommandFailedException">There is no such silo.</exception>
    public async Task StopOneAsync(string name, CancellationToken cancellation)
    {
        using var held = await HoldAsync(cancellation);
        var register = new SiloRegister(context.Home);
        var silo = register.Require(name);
        if (!silo.Process.IsAlive)
        {
            register.Remove(silo);
            context.Terminal.Data($"{silo.Name} was not running.");
            return;
        }

        await StopAsync(register, silo, cancellation);
        if (register.Running().Count == 0)
        {
            context.Terminal.Say("That was the last silo here. The database keeps running until `atlas down`.");
        }
    }

    /// <summary>Stops everything.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        using var held = await HoldAsync(cancellation);
        var register = new SiloRegister(context.Home);
        var stopped = false;
        foreach (var silo in register.All())
        {
            if (!silo.Process.IsAlive)
            {
                register.Remove(silo);
                continue;
            }

            await StopAsync(register, silo, cancellation);
            stopped = true;
        }

        if (await new DatabaseHost(context).StopAsync(cancellation))
        {
            context.Terminal.Data("The private PostgreSQL was stopped. Its data is kept.");
            stopped = true;
        }

        if (!stopped)
        {
            context.Terminal.Data("Nothing was running.");
        }
    }

    private async Task StopAsync(SiloRegister register, SiloRecord silo, CancellationToken cancellation)
    {
        var stop = new SiloStop(register, context.Terminal, context.Clock);
        await Progress.WaitAsync(context.Terminal, $"Stopping {silo.Name}", () => stop.StopAsync(silo, cancellation));
        context.Terminal.Data($"{silo.Name} (process {silo.Process.Pid}) was stopped."
            + (silo.IsLost ? $" It had no record in {context.Home.Silos}, and was found by its command line." : ""));
    }

    private Task<WorkspaceLock> HoldAsync(CancellationToken cancellation) => WorkspaceLock.TakeAsync(
        context.Home,
        Patience,
        () => context.Terminal.Say("Another atlas command is starting or stopping things here; waiting for it …"),
        context.Clock,
        cancellation);
}
