using Atlas.Grains.Background;
using Atlas.Grains.Spending;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Rewards;
using Atlas.Models.Judges;
using Atlas.Queries.Reports;
using Atlas.Storage.Judging;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Judging;

/// <summary>Periodically asks the judge about a fixed panel of past sessions again, to detect whether it has changed. Its answers change no
/// session.</summary>
internal sealed class PanelSweep(
    JudgePanel panel, JudgePanelStore store, JudgePanelQueries queries, JudgeEvidence evidence, ModelSpending spending, TimeProvider time, ILogger<PanelSweep> log)
    : PeriodicSweep(TimeSpan.FromMinutes(1), time)
{
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(10);

    /// <summary>The largest number of sessions per sweep: sessions that wait for their reward come first.</summary>
    private const int Most = 4;

    private TimeSpan Interval => TimeSpan.FromDays(panel.Options.PanelDays);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        panel is { Judge: not null, Options.PanelSessions: > 0 } ? base.ExecuteAsync(stoppingToken) : Task.CompletedTask;

    protected override Task SweepAsync(CancellationToken stopping) => RunAsync(stopping);

    /// <summary>Fills the panel, and asks about its sessions that are due.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await store.FillAsync(panel.Options.PanelSessions, Now, stopping);
        for (var asked = 0; asked < Most && await store.ClaimAsync(Now, Hold, stopping) is { } session; asked++)
        {
            await AskAsync(session, stopping);
        }

        JudgingTelemetry.Panel = JudgeFigures.Of(await queries.PanelAsync(stopping));
    }

    protected override void Failed(Exception failure) => log.JudgingSweepFailed(failure, Pause);

    private async Task AskAsync(long session, CancellationToken stopping)
    {
        var bill = await spending.BillAsync(session, stopping);
        ModelSpending.Charge(bill);
        var judge = panel.Judge!;
        var judgement = await JudgedAsync(judge, session, stopping);
        await spending.BookAsync(bill, judgement.Usage);
        if (judgement.Score is { } score)
        {
            await store.AnswerAsync(session, Now, judge.Name, score, judgement.Usage, Now + Interval, stopping);
        }
        else
        {
            log.NotJudged(session, 1, bill.Lacking ?? judgement.Problem ?? "no reward");
            await store.DeferAsync(session, bill.Lacking is null ? Now + Interval : spending.NextDay, stopping);
        }
    }

    // A judge of one's own can throw: that must neither keep the other sessions waiting nor be paid for every few minutes.
    private async Task<Judgement> JudgedAsync(IJudge judge, long session, CancellationToken stopping)
    {
        try
        {
            return await evidence.GatherAsync(session, stopping) is { } request
                ? JudgementCheck.Of(judge.Name, await judge.JudgeAsync(request, stopping))
                : Judgement.None("The session is gone.");
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            log.JudgeFailed(failure, session);
            return Judgement.None($"The judge '{judge.Name}' failed: {failure.Message}");
        }
    }
}
