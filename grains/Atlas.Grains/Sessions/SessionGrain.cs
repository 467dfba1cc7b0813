using System.Collections.Immutable;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Review;
using Atlas.Contracts.Sessions;
using Atlas.Grains.Hosting;
using Atlas.Storage.Sessions;
using SessionReviewed = Atlas.Contracts.Sessions.SessionReviewed;

namespace Atlas.Grains.Sessions;

/// <summary>Owns the records of one session: checks what comes, stores it, and tells the learning key when it is over.</summary>
internal sealed class SessionGrain(SessionServices services) : Grain, ISessionGrain
{
    private StoredSession? _session;
    private DigestInProgress? _digest;

    private long Id => this.GetPrimaryKeyLong();

    public override Task OnActivateAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task Append(int firstSequence, ImmutableArray<string> eventsJson)
    {
        Running();
        var events = SessionEvents.Parse(firstSequence, eventsJson);
        await Stored(services.Store.AppendEventsAsync(Id, firstSequence, eventsJson));
        _digest!.Add(firstSequence, events);
    }

    public Task RecordPlan(string planJson)
    {
        Running();
        return Stored(services.Store.SavePlanAsync(Id, CallerMetadata.Read(planJson, "plan").ToJsonString()));
    }

    public Task RecordStep(StepRecord step)
    {
        Running();
        return Stored(services.Store.SaveStepAsync(Id, StepRows.Of(step)));
    }

    public Task RecordGuidance(int stepId, string note)
    {
        Running();
        return string.IsNullOrWhiteSpace(note)
            ? throw new AtlasRefusedException("A note of guidance is a text, not a blank.")
            : Stored(services.Store.AddGuidanceAsync(Id, stepId, note));
    }

    public Task RecordUsage(string usageJson)
    {
        Running();
        return Stored(services.Store.SaveUsageAsync(Id, CallerMetadata.Read(usageJson, "usage").ToJsonString()));
    }

    public async Task<SessionCompleted> Complete(CompleteSession completion)
    {
        Known();
        var session = await LoadAsync(CancellationToken.None);
        var digest = _digest!.Complete(session.NextSequence) ?? await services.Digests.ReadAsync(session);
        var finish = SessionFinish.Decide(
            session, completion, digest, await RewardsAsync(session), services.Rules, services.Time.GetUtcNow());
        var end = await Stored(services.Store.CompleteAsync(finish.Row));
        _session = session with { Status = end.Status, ReviewStatus = end.ReviewStatus };
        return await services.Learning.TellAsync(end, finish);
    }

    public async Task<SessionReviewed> Review(ReviewDecision decision)
    {
        ReviewDecisions.Check(decision);
        Known();
        var review = SessionReview.Decide(await LoadAsync(CancellationToken.None), decision, services.Rules);
        var stored = await Stored(services.Store.ReviewAsync(review.Row));
        _session = _session! with { ReviewStatus = stored.ReviewStatus, ReviewedBy = decision.Reviewer };
        return await services.Learning.TellAsync(stored, review);
    }

    public Task Renew()
    {
        Running();
        return Task.CompletedTask;
    }

    public Task<SessionState> Standing() => Task.FromResult(
        new SessionState(Id, Known().Status, _session!.ReviewStatus, "off", null, null, null));

    public Task<SessionState> AwaitJudgement(TimeSpan patience) => Standing();

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

    private StoredSession Known() => _session
        ?? throw new AtlasRefusedException($"There is no session {Id}. Start one and use the number it gets.");

    private void Running()
    {
        if (Known().Status is not "running")
        {
            throw new AtlasRefusedException($"Session {Id} has ended as {_session!.Status}; nothing can be added to it.");
        }
    }

    private Task Stored(Task write) => services.Failures.TranslateAsync(write);

    private Task<T> Stored<T>(Task<T> write) => services.Failures.TranslateAsync(write);
}
