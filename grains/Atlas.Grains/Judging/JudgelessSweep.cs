using Atlas.Domain;
using Atlas.Grains.Background;
using Atlas.Grains.Telemetry;
using Atlas.Domain.Sessions;
using Atlas.Grains.Calls;
using Atlas.Models.Judges;
using Atlas.Storage.Judging;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Judging;

/// <summary>Gives up on sessions that wait for a judge although no silo has one any more, so that they are counted.</summary>
internal sealed class JudgelessSweep(
    JudgePanel panel, JudgingQueue queue, IGrainFactory grains, TimeProvider time, ILogger<JudgelessSweep> log)
    : PeriodicSweep(TimeSpan.FromMinutes(1), time)
{
    /// <summary>While the configuration of a cluster is being changed, other silos can still have a judge.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private const string Reason = "No silo has had a judge for an hour. Configure one under rim, or complete sessions with a reward.";
    private const int Batch = 200;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        panel.Judge is null ? base.ExecuteAsync(stoppingToken) : Task.CompletedTask;

    protected override async Task SweepAsync(CancellationToken stopping)
    {
        foreach (var sessionId in await queue.ForgottenAsync(Now - Patience, Batch, stopping))
        {
            await SettleAsync(sessionId, stopping);
        }
    }

    private async Task SettleAsync(long sessionId, CancellationToken stopping)
    {
        try
        {
            await grains.GetGrain<ISessionOwner>(sessionId).Settle(JudgedSession.Of("none", Judgement.None(Reason)));
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            // Let others go first: this one is found again after the same patience.
            log.NotGivenUp(failure, sessionId, Patience);
            await queue.PostponeAsync(sessionId, Now, Reason, TokenUsage.None, cancellationToken: stopping);
        }
    }

    protected override void Failed(Exception failure) => log.JudgingSweepFailed(failure, Pause);
}
