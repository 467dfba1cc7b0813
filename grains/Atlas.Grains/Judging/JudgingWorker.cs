using Atlas.Grains.Telemetry;
using Atlas.Storage.Judging;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Judging;

/// <summary>Judges waiting sessions in the background, a bounded number at a time.</summary>
/// <remarks>The waiting sessions are in the database. A silo that dies while judging holds its sessions for a minute at most; then any
/// other can claim them.</remarks>
internal sealed class JudgingWorker(
    JudgePanel panel, JudgingQueue queue, JudgingAttempt attempt, TimeProvider time, ILogger<JudgingWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(60);
    private readonly Dictionary<long, Task> _underWay = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (panel.Judge is null)
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            await SweepAsync(stoppingToken);
            await panel.HeardAsync(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await GiveBackAsync();
    }

    private async Task SweepAsync(CancellationToken stopping)
    {
        try
        {
            await HoldAsync(stopping);
            var free = panel.Options.ParallelSessions - Prune();
            if (free > 0)
            {
                foreach (var claim in await queue.ClaimAsync(time.GetUtcNow(), Hold, free, stopping))
                {
                    Start(claim, stopping);
                }
            }
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            log.JudgingSweepFailed(failure, Pause);
        }
        catch (OperationCanceledException)
        {
            // The silo is stopping.
        }
    }

    private Task HoldAsync(CancellationToken stopping)
    {
        Prune();
        return _underWay.Count == 0 ? Task.CompletedTask : queue.HoldAsync(_underWay.Keys, time.GetUtcNow() + Hold, stopping);
    }

    private int Prune()
    {
        foreach (var (sessionId, _) in _underWay.Where(work => work.Value.IsCompleted).ToArray())
        {
            _underWay.Remove(sessionId);
        }

        return _underWay.Count;
    }

    private void Start(ClaimedJudging claim, CancellationToken stopping) => _underWay[claim.SessionId] = Task.Run(
        async () =>
        {
            try
            {
                await attempt.RunAsync(claim, stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                log.JudgementLost(failure, claim.SessionId);
            }
            finally
            {
                // There is capacity for the next one.
                panel.Ring();
            }
        },
        CancellationToken.None);

    private async Task GiveBackAsync()
    {
        await Task.WhenAll(_underWay.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var sessions = _underWay.Where(work => !work.Value.IsCompletedSuccessfully).Select(work => work.Key).ToArray();
        if (sessions.Length == 0)
        {
            return;
        }

        try
        {
            await queue.ReleaseAsync(sessions, time.GetUtcNow(), CancellationToken.None);
        }
        catch (Exception failure)
        {
            // The sessions become available again when the claims run out.
            log.JudgingSweepFailed(failure, Hold);
        }
    }
}
