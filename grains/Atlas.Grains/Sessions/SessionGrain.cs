using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;
using Atlas.Grains.Calls;
using Atlas.Grains.Delivery;
using Atlas.Grains.Judging;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Digest;
using Atlas.Learning.Redaction;
using Atlas.Learning.Sessions;
using SessionReviewed = Atlas.Contracts.Sessions.SessionReviewed;

namespace Atlas.Grains.Sessions;

/// <summary>Owns the records of one session: checks what comes, stores it, and tells the learning key when it is over.</summary>
internal sealed partial class SessionGrain(SessionServices services) : Grain, ISessionGrain, ISessionOwner
{
    /// <summary>A call may not take longer than the cluster's patience with calls, of 30 seconds.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly StateSignal _state = new();
    private StoredSession? _session;
    private DigestInProgress? _digest;
    private bool _telling;

    private long Id => this.GetPrimaryKeyLong();

    public override Task OnActivateAsync(CancellationToken cancellationToken) => services.Failures.ActivatedAsync(LoadAsync(cancellationToken));

    public async Task Append(int firstSequence, ImmutableArray<JsonElement> events, CancellationToken cancellationToken)
    {
        Running(cancellationToken);
        CallerJson.CheckEvents(firstSequence, events);
        var taken = await TakeAsync((redaction, found) => redaction.Events(firstSequence, events, found));
        await services.Store.AppendEventsAsync(Id, firstSequence, taken);
        _digest!.Add(firstSequence, taken);
        await HeardAsync();
    }

    public async Task RecordPlan(SessionPlan plan, CancellationToken cancellationToken)
    {
        Running(cancellationToken);
        await services.Store.SavePlanAsync(Id, await TakeAsync((redaction, found) => redaction.Plan(plan, found)));
        await HeardAsync();
    }

    public async Task RecordStep(StepRecord step, CancellationToken cancellationToken)
    {
        Running(cancellationToken);
        await services.Store.SaveStepAsync(Id, await TakeAsync((redaction, found) => redaction.Step(step, found)));
        await HeardAsync();
    }

    public async Task RecordGuidance(int stepId, string note, CancellationToken cancellationToken)
    {
        Running(cancellationToken);
        if (string.IsNullOrWhiteSpace(note))
        {
            throw new AtlasRefusedException("A note of guidance is a text, not a blank.");
        }

        var record = FormattableString.Invariant($"steps[{stepId}].guidance");
        await services.Store.AddGuidanceAsync(Id, stepId, await TakeAsync((redaction, found) => redaction.Text(note, record, found)));
        await HeardAsync();
    }

    public async Task RecordUsage(UsageSnapshot usage, CancellationToken cancellationToken)
    {
        Running(cancellationToken);
        await services.Store.SaveUsageAsync(Id, await TakeAsync((redaction, found) => redaction.Usage(usage, found)));
        await HeardAsync();
    }

    public async Task<SessionCompleted> Complete(CompleteSession completion, CancellationToken cancellationToken)
    {
        Known(cancellationToken);
        var session = await LoadAsync(CancellationToken.None);
        return session.Status is SessionStatus.Failed && SessionLease.ReasonOf(session.Metadata ?? default) is { } lapsed
            ? throw new AtlasRefusedException(
                $"Session {Id} is over. {lapsed} This completion came too late and changes nothing; call Renew during long work, or start with a longer lease.")
            : await EndAsync(session, await TakeAsync((redaction, found) => redaction.Completion(completion, found)));
    }

    public async Task<SessionCompleted> Reward(SessionReward reward, CancellationToken cancellationToken)
    {
        Known(cancellationToken);
        reward = reward with { Rationale = await TakeAsync((redaction, found) => redaction.Text(reward.Rationale, "reward.rationale", found)) };
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
                // A judge was faster, or this very call was made twice.
                return LateReward.IsNew(session, reward)
                    ? throw new AtlasUnavailableException($"The reward of session {Id} could not be stored. Send it again.")
                    : SessionStates.Again(session, services.Rules);
            }

            return await services.Learning.TellAsync(end, judgement.Row.Delivery, judgement.Obstacle, session.RewardWaits, decided);
        });
    }

    public async Task<SessionReviewed> Review(ReviewDecision decision, CancellationToken cancellationToken)
    {
        ReviewDecisions.Check(decision);
        Known(cancellationToken);
        decision = await TakeAsync((redaction, found) => redaction.Review(decision, found));
        var review = SessionReview.Decide(await LoadAsync(CancellationToken.None), decision, services.Rules);
        var stored = await services.Store.ReviewAsync(review.Row);
        _session = _session! with { ReviewStatus = stored.ReviewStatus, ReviewedBy = decision.Reviewer };
        var reviewed = await services.Learning.TellAsync(stored, review);
        _state.Changed();
        return reviewed;
    }

    public Task Renew(CancellationToken cancellationToken)
    {
        Running(cancellationToken);
        return HeardAsync();
    }

    public async Task<SessionState> Standing(CancellationToken cancellationToken)
    {
        Known(cancellationToken);

        // Read anew: what the learning key has counted since is not told to this grain.
        var stored = await services.Store.LoadForGrainAsync(Id, cancellationToken);
        return SessionStates.Of(stored ?? throw Unknown(), services.Rules);
    }

    public async Task<SessionState> AwaitJudgement(TimeSpan patience, CancellationToken cancellationToken)
    {
        var left = patience < LongestWait ? patience : LongestWait;
        var began = services.Time.GetTimestamp();
        while (true)
        {
            var (change, telling) = (_state.Next, _telling);
            var state = await Standing(cancellationToken);
            var rest = left - services.Time.GetElapsedTime(began);
            if ((state.IsOver && !telling && !_telling) || rest <= TimeSpan.Zero)
            {
                return state;
            }

            await change.WaitAsync(rest, services.Time, cancellationToken).ConfigureAwait(
                ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }
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

    /// <summary>What the end of the session writes; without digest and drift if a fault keeps them from being made.</summary>
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
                session, completion, new SessionDigest(), RewardBaseline.None, services.Rules, now, hasJudge, CompletionFaults.Describe(fault));
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
            return SessionJudgement.Decide(session, judged, RewardBaseline.None, services.Rules, now, CompletionFaults.Describe(fault));
        }
    }

    /// <summary>Makes a change of which others may wait for the end: what is stored half-way is not told to them as the end.</summary>
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

    private async Task<StoredSession> LoadAsync(CancellationToken cancellationToken)
    {
        _session = await services.Store.LoadForGrainAsync(Id, cancellationToken);
        if (_digest is null && _session is not null)
        {
            _digest = new DigestInProgress(_session.Task, await services.Injected.OfAsync(_session), services.Intake.Redaction.Redactor);
        }

        return _session!;
    }

    private async Task<RewardBaseline> RewardsAsync(StoredSession session) => session.LearningKey is { } key
        ? await GrainFactory.GetGrain<ILearningKeyGrain>(key).Baseline()
        : RewardBaseline.None;

    private ValueTask<T> TakeAsync<T>(Func<SessionRedaction, Findings, T> read) => services.Intake.TakeAsync(Id, read);

    private async Task HeardAsync()
    {
        if (SessionLease.Renewal(_session!.LeaseSeconds, _session.LeaseUntil, services.Time.GetUtcNow()) is { } until)
        {
            await services.Store.RenewLeaseAsync(Id, until);
            _session = _session with { LeaseUntil = until };
        }
    }

    // A caller that gave up while its call waited for its turn wants nothing stored any more.
    private StoredSession Known(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _session ?? throw Unknown();
    }

    private AtlasRefusedException Unknown() => new($"There is no session {Id}. Start one and use the number it gets.");

    private void Running(CancellationToken cancellationToken)
    {
        if (Known(cancellationToken).Status is not SessionStatus.Running)
        {
            throw EndedSession.Refusal(_session!);
        }
    }
}
