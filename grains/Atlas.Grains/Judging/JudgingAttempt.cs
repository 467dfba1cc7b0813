using Atlas.Contracts;
using Atlas.Domain.Sessions;
using Atlas.Grains.Calls;
using Atlas.Grains.Spending;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Rewards;
using Atlas.Models.Judges;
using Atlas.Storage.Judging;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Judging;

/// <summary>One attempt at judging one session: evidence, judge, and then the session's grain or another attempt later.</summary>
internal sealed class JudgingAttempt(
    JudgePanel panel, JudgeEvidence evidence, JudgingQueue queue, ModelSpending spending, IGrainFactory grains, TimeProvider time, ILogger<JudgingAttempt> log)
{
    private static readonly TimeSpan PauseToStore = TimeSpan.FromSeconds(5);

    /// <exception cref="OperationCanceledException">The silo stops; the attempt does not count.</exception>
    public async Task RunAsync(ClaimedJudging claim, CancellationToken stopping)
    {
        var began = time.GetTimestamp();
        using var activity = AtlasTelemetry.Source.StartActivity("judging");
        activity?.SetTag("atlas.session_id", claim.SessionId).SetTag("atlas.attempt", claim.Attempt);
        var bill = await spending.BillAsync(claim.SessionId, stopping);
        ModelSpending.Charge(bill);
        if (await AskAsync(claim, stopping) is not var (judged, judgement))
        {
            return;
        }

        if (judged.Problem is not null && bill.Lacking is { } lacking)
        {
            JudgingTelemetry.Record("unpaid", time.GetElapsedTime(began), judgement);
            activity?.SetTag("atlas.outcome", "unpaid");
            log.NotJudged(claim.SessionId, claim.Attempt, lacking);
            await InsistAsync(claim.SessionId, () => queue.DeferAsync(claim.SessionId, spending.NextDay, lacking, stopping), stopping);
            return;
        }

        var pause = judged.Problem is null ? null : JudgingRetry.PauseAfter(claim.Attempt, panel.Options.MaxAttempts);
        var outcome = judged.Problem is null ? "judged" : pause is null ? "failed" : "postponed";
        JudgingTelemetry.Record(outcome, time.GetElapsedTime(began), judgement);
        activity?.SetTag("atlas.outcome", outcome);
        if (judged.Problem is { } problem)
        {
            log.NotJudged(claim.SessionId, claim.Attempt, problem);
        }

        if (pause is { } wait)
        {
            await InsistAsync(
                claim.SessionId,
                () => queue.PostponeAsync(claim.SessionId, time.GetUtcNow() + wait, judged.Problem!, judged.Cost, stopping),
                stopping);
        }
        else
        {
            await SettleAsync(claim.SessionId, judged, stopping);
        }
    }

    private async Task SettleAsync(long sessionId, JudgedSession judged, CancellationToken stopping)
    {
        var owner = grains.GetGrain<ISessionOwner>(sessionId);
        try
        {
            await InsistAsync(sessionId, () => owner.Settle(judged), stopping);
        }
        catch (AtlasRefusedException refused) when (judged.Problem is null)
        {
            var none = JudgedSession.Of(judged.Judge, Judgement.None($"The reward of '{judged.Judge}' could not be stored. {refused.Message}"));
            await InsistAsync(sessionId, () => owner.Settle(none), stopping);
        }
    }

    private async Task<(JudgedSession Judged, Judgement Judgement)?> AskAsync(ClaimedJudging claim, CancellationToken stopping)
    {
        var judge = panel.Judge!;
        Judgement judgement;
        try
        {
            // Attempts that never ended were broken off, as by a silo that died of them.
            if (claim.Attempt > panel.Options.MaxAttempts)
            {
                judgement = Judgement.None($"Judging was begun {claim.Attempt - 1} times and never came to an end.");
            }
            else if (await evidence.GatherAsync(claim.SessionId, stopping) is { } request)
            {
                judgement = JudgementCheck.Of(judge.Name, await judge.JudgeAsync(request, stopping));
            }
            else
            {
                return null;
            }

            return (JudgedSession.Of(judge.Name, judgement), judgement);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            log.JudgeFailed(failure, claim.SessionId);
            judgement = Judgement.None($"The judge '{judge.Name}' failed: {failure.Message}");
            return (JudgedSession.Of(judge.Name, judgement), judgement);
        }
    }

    /// <summary>Stores a judgement that has been paid for, however long the database is away. The claim is held meanwhile.</summary>
    private async Task InsistAsync(long sessionId, Func<Task> store, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(PauseToStore, time);
        while (true)
        {
            try
            {
                await store();
                return;
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested && failure is not AtlasRefusedException)
            {
                log.JudgementNotStored(failure, sessionId, PauseToStore);
            }

            await timer.WaitForNextTickAsync(stopping);
        }
    }
}
