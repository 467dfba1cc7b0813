using Atlas.Cli.Output;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Up;

/// <summary>Stops silos cleanly, and kills those that do not stop.</summary>
internal sealed class SiloStop(SiloRegister register, Terminal terminal, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan PatienceForPorts = TimeSpan.FromSeconds(5);

    /// <summary>Stops a silo and forgets it. Returns true if it ended when asked.</summary>
    public async Task<bool> StopAsync(SiloRecord silo, CancellationToken cancellation)
    {
        Signals.RequestEnd(silo.Process);
        var graceful = await EndedAsync(silo.Process, Patience, cancellation);
        if (!graceful)
        {
            terminal.Say($"{silo.Name} did not stop within {Patience.TotalSeconds:0} s. Killing it. No "
                + "acknowledged data is lost.");
            Signals.ForceEnd(silo.Process);
            await EndedAsync(silo.Process, Patience, cancellation);
        }

        await PortsFreedAsync(silo.Ports, cancellation);
        register.Remove(silo);
        return graceful;
    }

    // A process counts as ended a moment before the kernel has closed everything it held, and the next silo may want the same ports.
    private async Task PortsFreedAsync(SiloPorts ports, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        while (clock.GetElapsedTime(began) < PatienceForPorts && !PortCheck.Named(ports).All(port => PortCheck.IsFree(port.Port)))
        {
            await Task.Delay(Pause, clock, cancellation);
        }
    }

    private async Task<bool> EndedAsync(ProcessIdentity process, TimeSpan patience, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        while (process.IsAlive)
        {
            if (clock.GetElapsedTime(began) > patience)
            {
                return false;
            }

            await Task.Delay(Pause, clock, cancellation);
        }

        return true;
    }
}
