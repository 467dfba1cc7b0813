using Atlas.Grains.Telemetry;
using Atlas.Domain.Sessions;
using Atlas.Grains.Calls;
using Atlas.Models.Judges;
using Atlas.Storage.Judging;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Judging;

/// <summary>Gives up sessions that wait for a judge although no silo has one any more, so that they are counted after all.</summary>
internal sealed class JudgelessSweep(
    JudgePanel panel, JudgingQueue queue, IGrainFactory grains, TimeProvider time, ILogger<JudgelessSweep> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>While the configuration of a cluster is being changed, other silos may have a judge still.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private const string Reason = "No silo has had a judge for an hour; configure one under rim, or bring a reward with the session.";
    private const int Batch = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (panel.Judge is not null)
        {
            return;
        }

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
            foreach (var sessionId in await queue.ForgottenAsync(time.GetUtcNow() - Patience, Batch, stopping))
            {
                await grains.GetGrain<ISessionOwner>(sessionId).Settle(JudgedSession.Of("none", Judgement.None(Reason)));
            }
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            log.JudgingSweepFailed(failure, Pause);
        }
    }
}
