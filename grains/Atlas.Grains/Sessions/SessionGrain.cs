using System.Collections.Immutable;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Review;
using Atlas.Contracts.Sessions;
using Atlas.Grains.Hosting;
using Atlas.Grains.Judging;
using Atlas.Learning.Sessions;
using Atlas.Storage.Sessions;
using SessionReviewed = Atlas.Contracts.Sessions.SessionReviewed;

namespace Atlas.Grains.Sessions;

/// <summary>Owns the records of one session: checks what comes, stores it, and tells the learning key when it is over.</summary>
internal sealed class SessionGrain(SessionServices services) : Grain, ISessionGrain, ISessionOwner
{
    /// <summary>A call may not take longer than the cluster's patience with calls, of 30 seconds.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly StateSignal _state = new();
    private StoredSession? _session;
    private DigestInProgress? _digest;
    private bool _telling;

    private long Id => this.GetPrimaryKeyLong();

    public override Task OnActivateAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task Append(int firstSequence, ImmutableArray<string> eventsJson)
    {
        Running();
        var events = SessionEvents.Parse(firstSequence, eventsJson);
        await Stored(services.Store.AppendEventsAsync(Id, firstSequence, eventsJson));
        _digest!.Add(firstSequence, events);
        await HeardAsync();
    }

    public Task RecordPlan(string planJson)
    {
        Running();
        return HeardAsync(services.Store.SavePlanAsync(Id, CallerMetadata.Read(planJson, "plan").ToJsonString()));
    }

    public Task RecordStep(StepRecord step)
    {
        Running();
        return HeardAsync(services.Store.SaveStepAsync(Id, StepRows.Of(step)));
    }

    public Task RecordGuidance(int stepId, string note)
    {
        Running();
        return string.IsNullOrWhiteSpace(note)
            ? throw new AtlasRefusedException("A note of guidance is a text, not a blank.")
            : HeardAsync(services.Store.AddGuidanceAsync(Id, stepId, note));
    }

    public Task RecordUsage(string usageJson)
    {
        Running();
        return HeardAsync(services.Store.SaveUsageAsync(Id, CallerMetadata.Read(usageJson, "usage").ToJsonString()));
    }

    public async Task<SessionCompleted> Complete(CompleteSession completion)
    {
        Known();
        var session = await LoadAsync(CancellationToken.None);
        return session.Status is "failed" && SessionLease.ReasonOf(session.Metadata ?? default) is { } lapsed
            ? throw new AtlasRefusedException(
                $"Session {Id} is over. {lapsed} This completion came too late and changes nothing; call Renew during long work, or start with a longer lease.")
            : await EndAsync(session, completion);
    }

    public async Task<SessionReviewed> Review(ReviewDecision decision)
    {
        ReviewDecisions.Check(decision);
        Known();
        var review = SessionReview.Decide(await LoadAsync(CancellationToken.None), decision, services.Rules);
        var stored = await Stored(services.Store.ReviewAsync(review.Row));
        _session = _session! with { ReviewStatus = stored.ReviewStatus, ReviewedBy = decision.Reviewer };
        var reviewed = await services.Learning.TellAsync(stored, review);
        _state.Changed();
        return reviewed;
    }

    public Task Renew()
    {
        Running();
        return HeardAsync();
    }

    public async Task<SessionState> Standing()
    {
        Known();

        // Read anew: what the learning key has counted since is not told to this grain.
        var stored = await Stored(services.Store.LoadForGrainAsync(Id));
        return SessionStates.Of(stored ?? throw Unknown(), services.Rules);
    }

    public async Task<SessionState> AwaitJudgement(TimeSpan patience)
    {
        var left = patience < LongestWait ? patience : LongestWait;
        var began = services.Time.GetTimestamp();
        while (true)
        {
            var (change, telling) = (_state.Next, _telling);
            var state = await Standing();
            var rest = left - services.Time.GetElapsedTime(began);
            if ((state.IsOver && !telling && !_telling) || rest <= TimeSpan.Zero)
            {
                return state;
            }

            await change.WaitAsync(rest, services.Time).ConfigureAwait(
                ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task Settle(JudgedSession judged)
    {
        if (await LoadAsync(CancellationToken.None) is not { Judging.State: "pending" } session)
        {
            return;
        }

        var judgement = SessionJudgement.Decide(session, judged, await RewardsAsync(session), services.Rules, services.Time.GetUtcNow());
        await ChangeAsync(async () =>
        {
            if (await Stored(services.Store.SettleJudgingAsync(judgement.Row)) is not { } end)
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
        if (await LoadAsync(CancellationToken.None) is { Status: "running" } session && SessionLease.HasLapsed(session.LeaseUntil, now))
        {
            await EndAsync(session, new CompleteSession("failed", MetadataJson: SessionLease.Closed(session.LeaseSeconds, now).ToJsonString()));
            await LoadAsync(CancellationToken.None);
            AtlasTelemetry.SessionsLapsed.Add(1);
            services.Log.SessionLapsed(Id, session.LeaseSeconds);
        }
    }

    private async Task<SessionCompleted> EndAsync(StoredSession session, CompleteSession completion)
    {
        var digest = _digest!.Complete(session.NextSequence) ?? await services.Digests.ReadAsync(session);
        var finish = SessionFinish.Decide(
            session, completion, digest, await RewardsAsync(session), services.Rules, services.Time.GetUtcNow(), services.Judges.Judge is not null);
        return await ChangeAsync(async () =>
        {
            var end = await Stored(services.Store.CompleteAsync(finish.Row));
            if (!end.WasNew)
            {
                return SessionStates.Again(await LoadAsync(CancellationToken.None), services.Rules);
            }

            _session = session with { Status = end.Status, ReviewStatus = end.ReviewStatus };
            if (end.Judging is "pending")
            {
                services.Judges.Ring();
            }

            return await services.Learning.TellAsync(end, finish);
        });
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
        _session = await Stored(services.Store.LoadForGrainAsync(Id, cancellationToken));
        if (_digest is null && _session is not null)
        {
            _digest = new DigestInProgress(_session.Task, await Stored(services.Injected.OfAsync(_session)));
        }

        return _session!;
    }

    private async Task<PastRewards> RewardsAsync(StoredSession session) => session.LearningKey is { } key
        ? PastRewards.Of(await GrainFactory.GetGrain<ILearningKeyGrain>(key).Baseline())
        : PastRewards.None;

    private async Task HeardAsync(Task write)
    {
        await Stored(write);
        await HeardAsync();
    }

    private async Task HeardAsync()
    {
        if (SessionLease.Renewal(_session!.LeaseSeconds, _session.LeaseUntil, services.Time.GetUtcNow()) is { } until)
        {
            await Stored(services.Store.RenewLeaseAsync(Id, until));
            _session = _session with { LeaseUntil = until };
        }
    }

    private StoredSession Known() => _session ?? throw Unknown();

    private AtlasRefusedException Unknown() => new($"There is no session {Id}. Start one and use the number it gets.");

    private void Running()
    {
        if (Known().Status is not "running")
        {
            throw new AtlasRefusedException(
                SessionLease.ReasonOf(_session!.Metadata ?? default) is { } lapsed
                    ? $"Session {Id} is over. {lapsed} Nothing can be added to it."
                    : $"Session {Id} has ended as {_session!.Status}; nothing can be added to it.");
        }
    }

    private Task Stored(Task write) => services.Failures.TranslateAsync(write);

    private Task<T> Stored<T>(Task<T> write) => services.Failures.TranslateAsync(write);
}
