using Atlas.Grains.Background;
using Atlas.Grains.Telemetry;
using Atlas.Grains.Calls;
using Atlas.Storage.Sessions;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Leases;

/// <summary>Has the grains of sessions whose lease has run out close them.</summary>
/// <remarks>Every silo runs it; the grain checks the lease again, and closes a session once.</remarks>
internal sealed class LeaseSweep(SessionStore sessions, IGrainFactory grains, TimeProvider time, ILogger<LeaseSweep> log)
    : PeriodicSweep(TimeSpan.FromSeconds(5), time)
{
    /// <summary>How long a session that could not be closed lets others go first.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    private const int Batch = 100;

    protected override async Task SweepAsync(CancellationToken stopping)
    {
        var lapsed = await sessions.LapsedAsync(Now, Batch, stopping);
        await Task.WhenAll(lapsed.Select(sessionId => CloseAsync(sessionId, stopping)));
    }

    protected override void Failed(Exception failure) => log.LeaseSweepFailed(failure, Pause);

    private async Task CloseAsync(long sessionId, CancellationToken stopping)
    {
        try
        {
            await grains.GetGrain<ISessionOwner>(sessionId).Lapse();
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            log.LapsedNotClosed(failure, sessionId);
            await sessions.RenewLeaseAsync(sessionId, Now + Later, stopping);
        }
    }
}
