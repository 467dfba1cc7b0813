using Atlas.Proxy.Budgets;
using Atlas.Proxy.Telemetry;
using Microsoft.Extensions.Hosting;

namespace Atlas.Proxy.Sessions;

/// <summary>Every few seconds: ends sessions that are done, and writes down what was spent.</summary>
internal sealed class SessionSweep(SessionRegistry sessions, CallBudget budget, TimeProvider time, ILogger<SessionSweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                try
                {
                    await budget.FlushAsync().ConfigureAwait(false);
                    await sessions.SweepAsync().ConfigureAwait(false);
                }
                catch (Exception failure)
                {
                    // The next round tries again.
                    log.NotCounted(failure.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            await budget.FlushAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
