using Atlas.Cli.Output;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Up;

/// <summary>Ends silos in good order, and those that do not end by force.</summary>
internal sealed class SiloStop(SiloRegister register, Terminal terminal, TimeProvider clock)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(45);

    /// <summary>Stops a silo and forgets it. True if it ended by itself when asked.</summary>
    public async Task<bool> StopAsync(SiloRecord silo, CancellationToken cancellation)
    {
        Signals.RequestEnd(silo.Process);
        var graceful = await EndedAsync(silo.Process, _patience, cancellation);
        if (!graceful)
        {
            terminal.Say($"{silo.Name} did not stop within {_patience.TotalSeconds:0} s; it is ended by force. Nothing that was "
                + "acknowledged is lost.");
            Signals.ForceEnd(silo.Process);
            await EndedAsync(silo.Process, _patience, cancellation);
        }

        register.Remove(silo);
        return graceful;
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

            await Task.Delay(_pause, clock, cancellation);
        }

        return true;
    }
}
