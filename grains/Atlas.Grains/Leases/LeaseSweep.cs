using Atlas.Grains.Background;
using Atlas.Grains.Telemetry;
using Atlas.Grains.Calls;
using Atlas.Storage.Sessions;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Leases;

/// <summary>Lets the grains of sessions whose lease has run out close them.</summary>
/// <remarks>Every silo does it; the grain looks again whether the lease has run out, and closes a session once.</remarks>
internal sealed class LeaseSweep(SessionStore sessions, IGrainFactory grains, TimeProvider time, ILogger<LeaseSweep> log)
    : PeriodicSweep(TimeSpan.FromSeconds(5), time)
{
    private const int Batch = 100;

    protected override async Task SweepAsync(CancellationToken stopping)
    {
        var lapsed = await sessions.LapsedAsync(Now, Batch, stopping);
        await Task.WhenAll(lapsed.Select(CloseAsync));
    }

    protected override void Failed(Exception failure) => log.LeaseSweepFailed(failure, Pause);

    private async Task CloseAsync(long sessionId)
    {
        try
        {
            await grains.GetGrain<ISessionOwner>(sessionId).Lapse();
        }
        catch (Exception failure)
        {
            log.LapsedNotClosed(failure, sessionId);
        }
    }
}
