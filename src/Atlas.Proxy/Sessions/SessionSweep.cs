using Atlas.Contracts.Sessions;
using Atlas.Http;
using Atlas.Proxy.Budgets;
using Atlas.Proxy.Telemetry;
using Microsoft.Extensions.Hosting;

namespace Atlas.Proxy.Sessions;

/// <summary>Runs every few seconds: tells the cluster that sessions are recorded here, ends those that are done, and stores what was
/// spent.</summary>
internal sealed class SessionSweep(LiveSessions sessions, Backend backend, Outage outage, CallBudget budget, TimeProvider time, IHostApplicationLifetime life, ILogger<SessionSweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(IRecorderDirectoryGrain.JoinSeconds);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A silo that is still starting has no cluster to report to.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = life.ApplicationStarted.Register(() => started.TrySetResult());
        using var timer = new PeriodicTimer(Every, time);
        ISessionRecorder? recorder = null;
        try
        {
            await started.Task.WaitAsync(stoppingToken).ConfigureAwait(false);
            do
            {
                recorder = await JoinAsync(recorder).ConfigureAwait(false);
                await SweepAsync().ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            await budget.FlushAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SweepAsync()
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

    private async Task<ISessionRecorder?> JoinAsync(ISessionRecorder? recorder)
    {
        if (outage.IsAway)
        {
            return recorder;
        }

        try
        {
            recorder ??= backend.Grains.CreateObjectReference<ISessionRecorder>(sessions);
            await backend.Grains.GetGrain<IRecorderDirectoryGrain>(0).Join(recorder).WaitAsync(Every, time).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // The cluster is not there yet, or is away; the next round tries again.
            log.NotJoined(failure.Message);
        }

        return recorder;
    }
}
