using Microsoft.Extensions.Hosting;

namespace Atlas.Grains.Background;

/// <summary>Looks again and again for work that was left lying, say because a silo died in between.</summary>
/// <param name="pause">How long it waits between two sweeps, and before the first.</param>
/// <param name="time">The clock.</param>
/// <remarks>Every silo does it, at once with the others: what a sweep finds is to be done by somebody who does it once.</remarks>
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
                // The next one may find the database back.
                Failed(failure);
            }
        }
    }

    protected abstract Task SweepAsync(CancellationToken stopping);

    /// <summary>Tells of a sweep that failed.</summary>
    protected abstract void Failed(Exception failure);
}
