using System.Text.Json;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Grains.Delivery;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Digest;
using Atlas.Learning.Sessions;

namespace Atlas.Grains.Sessions;

/// <remarks>How a session ends, and what its end tells the learning key.</remarks>
internal sealed partial class SessionGrain
{
    public async Task<SessionCompleted> Complete(CompleteSession completion, CancellationToken cancellationToken)
    {
        Known(cancellationToken);
        SessionLimits.CheckText(completion.FinalAnswer, "answer of a session");
        SessionLimits.CheckMetadata(completion.Metadata);
        var session = await LoadAsync(CancellationToken.None);
        return session.Status is SessionStatus.Failed && SessionLease.ReasonOf(session.Metadata ?? default) is { } lapsed
            ? throw new AtlasRefusedException(
                $"Session {Id} is over. {lapsed} This completion came too late and changes nothing. Call Renew during long work, or start sessions with a longer lease.")
            : await EndAsync(session, await TakeAsync((redaction, found) => redaction.Completion(completion, found)));
    }

    public async Task<SessionCompleted> Reward(SessionReward reward, CancellationToken cancellationToken)
    {
        Known(cancellationToken);
        reward = await TakeAsync((redaction, found) => redaction.Reward(reward, found));
        var session = await LoadAsync(CancellationToken.None);
        if (!LateReward.IsNew(session, reward))
        {
            return SessionStates.Again(session, services.Rules);
        }

        var judgement = await JudgementAsync(session, LateReward.AsJudged(reward, services.Time.GetUtcNow()));
        return await ChangeAsync(async () =>
        {
            var decided = LateReward.Decided(session);
            var end = await services.Store.RewardAsync(judgement.Row, decided);
            session = await LoadAsync(CancellationToken.None);
            if (end is null)
            {
                // A judge was faster, or the same call was made twice.
                return LateReward.IsNew(session, reward)
                    ? throw new AtlasUnavailableException($"The reward of session {Id} could not be stored. Send it again.")
                    : SessionStates.Again(session, services.Rules);
            }

            return await services.Learning.TellAsync(end, judgement.Row.Delivery, judgement.Obstacle, session.RewardWaits, decided);
        });
    }

    public async Task Settle(JudgedSession judged)
    {
        if (await LoadAsync(CancellationToken.None) is not { Judging.State: JudgingStatus.Pending } session)
        {
            return;
        }

        judged = await TakeAsync((redaction, found) => redaction.Judged(judged, found));
        var judgement = await JudgementAsync(session, judged);
        await ChangeAsync(async () =>
        {
            if (await services.Store.SettleJudgingAsync(judgement.Row) is not { } end)
            {
                return false;
            }

            await LoadAsync(CancellationToken.None);
            await services.Learning.TellAsync(end, judgement.Row.Delivery, judgement.Obstacle);
            return true;
        });
    }

    public async Task Lapse()
    {
        var now = services.Time.GetUtcNow();
        if (await LoadAsync(CancellationToken.None) is { Status: SessionStatus.Running } session && SessionLease.HasLapsed(session.LeaseUntil, now))
        {
            await EndAsync(session, new CompleteSession(SessionStatus.Failed, Metadata: JsonSerializer.SerializeToElement(SessionLease.Closed(session.LeaseSeconds, now))));
            await LoadAsync(CancellationToken.None);
            AtlasTelemetry.SessionsLapsed.Add(1);
            services.Log.SessionLapsed(Id, session.LeaseSeconds);
        }
    }

    private async Task<SessionCompleted> EndAsync(StoredSession session, CompleteSession completion)
    {
        var finish = await FinishAsync(session, completion);
        return await ChangeAsync(async () =>
        {
            var end = await services.Store.CompleteAsync(finish.Row);
            if (!end.WasNew)
            {
                return SessionStates.Again(await LoadAsync(CancellationToken.None), services.Rules);
            }

            _session = session with { Status = end.Status, ReviewStatus = end.ReviewStatus };
            if (end.Judging is JudgingStatus.Pending)
            {
                services.Judges.Ring();
            }

            return await services.Learning.TellAsync(end, finish);
        });
    }

    /// <summary>Decides what the end of the session writes; without digest and drift if a fault prevents them.</summary>
    private async Task<SessionFinish> FinishAsync(StoredSession session, CompleteSession completion)
    {
        var now = services.Time.GetUtcNow();
        var hasJudge = services.Judges.Judge is not null;
        try
        {
            var digest = _digest!.Complete(session.NextSequence) ?? await services.Digests.ReadAsync(session);
            return SessionFinish.Decide(session, completion, digest, await RewardsAsync(session), services.Rules, now, hasJudge);
        }
        catch (Exception fault) when (CompletionFaults.IsFault(fault))
        {
            await services.Faults.NoteAsync(Id, CompletionFaults.Completion, session.LearningKey, fault);
            return SessionFinish.Decide(
                session, completion, new SessionDigest(), RewardBaseline.None, services.Rules, now, hasJudge, services.Faults.Describe(fault));
        }
    }

    private async Task<SessionJudgement> JudgementAsync(StoredSession session, JudgedSession judged)
    {
        var now = services.Time.GetUtcNow();
        try
        {
            return SessionJudgement.Decide(session, judged, await RewardsAsync(session), services.Rules, now);
        }
        catch (Exception fault) when (CompletionFaults.IsFault(fault))
        {
            await services.Faults.NoteAsync(Id, CompletionFaults.Judgement, session.LearningKey, fault);
            return SessionJudgement.Decide(session, judged, RewardBaseline.None, services.Rules, now, services.Faults.Describe(fault));
        }
    }

    /// <summary>Makes a change that others can wait for: an intermediate state is not reported to them as the end.</summary>
    private async Task<T> ChangeAsync<T>(Func<Task<T>> change)
    {
        _telling = true;
        try
        {
            return await change();
        }
        finally
        {
            _telling = false;
            _state.Changed();
        }
    }

    private async Task<RewardBaseline> RewardsAsync(StoredSession session) => session.LearningKey is { } key
        ? await GrainFactory.GetGrain<ILearningKeyGrain>(key).Baseline()
        : RewardBaseline.None;
}
