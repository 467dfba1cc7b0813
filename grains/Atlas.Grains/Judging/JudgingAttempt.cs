using Atlas.Contracts;
using Atlas.Domain.Sessions;
using Atlas.Grains.Calls;
using Atlas.Grains.Spending;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Redaction;
using Atlas.Learning.Rewards;
using Atlas.Models.Judges;
using Atlas.Storage.Judging;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Judging;

/// <summary>One attempt at judging one session: evidence, judge, and then the session's grain or a later attempt.</summary>
internal sealed class JudgingAttempt(
    JudgePanel panel, JudgeEvidence evidence, JudgingQueue queue, SessionRedaction redaction, ModelSpending spending, IGrainFactory grains, TimeProvider time, ILogger<JudgingAttempt> log)
{
    private static readonly TimeSpan PauseToStore = TimeSpan.FromSeconds(5);

    /// <summary>How often the session's grain is asked to store a judgement, while the database is available.</summary>
    private const int MostTries = 6;

    private static readonly TimeSpan PauseWithoutStorage = TimeSpan.FromMinutes(30);

    /// <exception cref="OperationCanceledException">The silo is stopping; the attempt does not count.</exception>
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

        await spending.BookAsync(bill, judgement.Usage);
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
                () => queue.PostponeAsync(claim.SessionId, time.GetUtcNow() + wait, Redacted(judged.Problem!), judged.Cost, cancellationToken: stopping),
                stopping);
        }
        else
        {
            await SettleAsync(claim, judged, stopping);
        }
    }

    private async Task SettleAsync(ClaimedJudging claim, JudgedSession judged, CancellationToken stopping)
    {
        try
        {
            await StoreAsync(claim, judged, stopping);
        }
        catch (AtlasRefusedException refused) when (judged.Problem is null)
        {
            var none = JudgedSession.Of(judged.Judge, Judgement.None($"The reward of '{judged.Judge}' could not be stored. {refused.Message}"));
            await StoreAsync(claim, none, stopping);
        }
    }

    /// <summary>Gives a judgement to the session's grain. If the grain cannot store it although the database is available, the session is
    /// judged again later, so that others are judged meanwhile.</summary>
    private Task StoreAsync(ClaimedJudging claim, JudgedSession judged, CancellationToken stopping)
    {
        var (owner, tries) = (grains.GetGrain<ISessionOwner>(claim.SessionId), 0);
        return InsistAsync(claim.SessionId, TryAsync, stopping);

        async Task TryAsync()
        {
            try
            {
                await owner.Settle(judged);
            }
            catch (Exception failure) when (++tries >= MostTries && !stopping.IsCancellationRequested && failure is not AtlasRefusedException)
            {
                // The judge has answered, so this is no reason to give judging up. It is asked and paid again, but not often.
                var due = time.GetUtcNow() + PauseWithoutStorage;
                await queue.PostponeAsync(claim.SessionId, due, Redacted($"The judgement could not be stored. {failure.Message}"), judged.Cost, counts: false, stopping);
                log.JudgementGivenUp(failure, claim.SessionId, due);
            }
        }
    }

    private async Task<(JudgedSession Judged, Judgement Judgement)?> AskAsync(ClaimedJudging claim, CancellationToken stopping)
    {
        var judge = panel.Judge!;
        Judgement judgement;
        try
        {
            // Attempts that never ended were interrupted, for example by a silo that crashed because of them.
            if (claim.Attempt > panel.Options.MaxAttempts)
            {
                judgement = Judgement.None($"Judging was started {claim.Attempt - 1} times and never finished.");
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

    /// <summary>Redacts a reason, which can quote the session, as the session's grain redacts the last one.</summary>
    private string Redacted(string reason) => redaction.Text(reason, "judging", new Findings());

    /// <summary>Stores a judgement that has been paid for, however long the database is unavailable. The claim is kept meanwhile.</summary>
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
