using Atlas.Grains.Telemetry;
using Atlas.Grains.Calls;
using Atlas.Storage.Sessions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Leases;

/// <summary>Lets the grains of sessions whose lease has run out close them.</summary>
/// <remarks>Every silo does it; the grain looks again whether the lease has run out, and closes a session once.</remarks>
internal sealed class LeaseSweep(SessionStore sessions, IGrainFactory grains, TimeProvider time, ILogger<LeaseSweep> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private const int Batch = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await SweepAsync(stoppingToken);
        }
    }

    private async Task SweepAsync(CancellationToken stopping)
    {
        try
        {
            var lapsed = await sessions.LapsedAsync(time.GetUtcNow(), Batch, stopping);
            await Task.WhenAll(lapsed.Select(CloseAsync));
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            log.LeaseSweepFailed(failure, Pause);
        }
    }

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
