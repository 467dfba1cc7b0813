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
        SessionLimits.CheckEvents(firstSequence, events);
        var taken = await TakeAsync((redaction, found) => redaction.Events(firstSequence, events, found));
        await services.Store.AppendEventsAsync(Id, firstSequence, taken);
        _digest!.Add(firstSequence, taken);
        await HeardAsync();
    }

    public async Task RecordPlan(SessionPlan plan, CancellationToken cancellationToken)
    {
        Running(cancellationToken);
        if (plan.Steps.IsDefault || plan.Steps.Any(step => step is null))
        {
            throw new AtlasRefusedException("A plan has 'steps': a list of objects, each with 'id' and 'description'. Without any, send an empty list.");
        }

        SessionLimits.CheckPlan(plan);
        await services.Store.SavePlanAsync(Id, await TakeAsync((redaction, found) => redaction.Plan(CallerJson.Whole(plan), found)));
        await HeardAsync();
    }

    public async Task RecordStep(StepRecord step, CancellationToken cancellationToken)
    {
        Running(cancellationToken);
        SessionLimits.CheckText(step.Trace, "trace of a step");
        SessionLimits.CheckText(step.Output, "output of a step");
        await services.Store.SaveStepAsync(Id, await TakeAsync((redaction, found) => redaction.Step(CallerJson.Whole(step), found)));
        await HeardAsync();
    }

    public async Task RecordGuidance(int stepId, string note, CancellationToken cancellationToken)
    {
        Running(cancellationToken);
        if (string.IsNullOrWhiteSpace(note))
        {
            throw new AtlasRefusedException("A note of guidance is a text, not a blank.");
        }

        SessionLimits.CheckText(note, "note of guidance");
        var record = FormattableString.Invariant($"steps[{stepId}].guidance");
        await services.Store.AddGuidanceAsync(Id, stepId, await TakeAsync((redaction, found) => redaction.Text(note, record, found)));
        await HeardAsync();
    }

    public async Task RecordUsage(UsageSnapshot usage, CancellationToken cancellationToken)
    {
        Running(cancellationToken);
        await services.Store.SaveUsageAsync(Id, await TakeAsync((redaction, found) => redaction.Usage(CallerJson.Whole(usage), found)));
        await HeardAsync();
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

    private async Task<StoredSession> LoadAsync(CancellationToken cancellationToken)
    {
        _session = await services.Store.LoadForGrainAsync(Id, cancellationToken);
        if (_digest is null && _session is not null)
        {
            _digest = new DigestInProgress(_session.Task, await services.Injected.OfAsync(_session), services.Intake.Redaction.Redactor);
        }

        return _session!;
    }

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
