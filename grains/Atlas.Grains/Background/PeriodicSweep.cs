using Microsoft.Extensions.Hosting;

namespace Atlas.Grains.Background;

/// <summary>Looks periodically for work that was left unfinished, for example because a silo died.</summary>
/// <param name="pause">The time between two sweeps, and before the first.</param>
/// <param name="time">The clock.</param>
/// <remarks>Every silo runs it, concurrently with the others, so whatever a sweep finds must be handled by something that does it only
/// once.</remarks>
internal abstract class PeriodicSweep(TimeSpan pause, TimeProvider time) : BackgroundService
{
    protected TimeSpan Pause => pause;

    protected DateTimeOffset Now => time.GetUtcNow();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // The next sweep may find the database available again.
                Failed(failure);
            }
        }
    }

    /// <summary>Sweeps now, whatever the time.</summary>
    internal Task RunOnceAsync(CancellationToken stopping) => SweepAsync(stopping);

    protected abstract Task SweepAsync(CancellationToken stopping);

    /// <summary>Reports a failed sweep.</summary>
    protected abstract void Failed(Exception failure);
}
