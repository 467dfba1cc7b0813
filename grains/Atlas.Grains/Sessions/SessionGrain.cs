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

/// <summary>Owns the records of one session: checks and stores incoming data, and tells the learning key when the session has
/// ended.</summary>
/// <remarks>A silo has one for each session that was active lately, and most have ended: they leave its memory sooner than other grains do.</remarks>
[CollectionAgeLimit(Minutes = 3)]
internal sealed partial class SessionGrain(SessionServices services) : Grain, ISessionGrain, ISessionOwner
{
    /// <summary>Keeps a call below the cluster's timeout of 30 seconds.</summary>
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
        SessionLimits.CheckEvents(firstSequence, events);
        CallerJson.CheckEvents(firstSequence, events);
        if (firstSequence > _session!.NextSequence)
        {
            await DemandNoGapAsync(firstSequence, events.Length);
        }

        var taken = await TakeAsync((redaction, found) => redaction.Events(firstSequence, events, found));
        await services.Store.AppendEventsAsync(Id, firstSequence, taken);
        _session = _session with { NextSequence = Math.Max(_session.NextSequence, firstSequence + events.Length) };
        _digest!.Add(firstSequence, taken);
        await HeardAsync();
    }

    public async Task RecordPlan(SessionPlan plan, CancellationToken cancellationToken)
    {
        Running(cancellationToken);
        if (plan.Steps.IsDefault || plan.Steps.Any(step => step is null))
        {
            throw new AtlasRefusedException("A plan needs 'steps': a list of objects, each with 'id' and 'description'. Send an empty list if there are no steps.");
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
            throw new AtlasRefusedException("A guidance note needs a text; this one is blank.");
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

        // Read again, because this grain is not told what the learning key has counted since.
        var stored = await services.Store.LoadForGrainAsync(Id, cancellationToken);
        return SessionStates.Of(stored ?? throw Unknown(), services.Rules);
    }

    public async Task<SessionState> AwaitJudgement(TimeSpan patience, CancellationToken cancellationToken)
    {
        var left = patience < LongestWait ? patience : LongestWait;
        var began = services.Time.GetTimestamp();
        while (true)
        {
            var change = _state.Next;
            var state = await Standing(cancellationToken);
            var rest = left - services.Time.GetElapsedTime(began);

            // A change that began and ended during the read leaves a state without what the key has counted since.
            if ((state.IsOver && !_telling && !change.IsCompleted) || rest <= TimeSpan.Zero)
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

    // The number known here can be out of date: the database can give numbers to callers of several silos.
    private async Task DemandNoGapAsync(int firstSequence, int count)
    {
        var (next, reserved) = await services.Store.EventNumbersAsync(Id);
        _session = _session! with { NextSequence = Math.Max(_session.NextSequence, next) };
        EventOrder.Demand(Id, firstSequence, count, _session.NextSequence, reserved);
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

    // A caller that gave up while its call was queued no longer wants anything stored.
    private StoredSession Known(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _session ?? throw Unknown();
    }

    private AtlasRefusedException Unknown() => new($"There is no session {Id}. Start a session and use the number that it returns.");

    private void Running(CancellationToken cancellationToken)
    {
        if (Known(cancellationToken).Status is not SessionStatus.Running)
        {
            throw EndedSession.Refusal(_session!);
        }
    }
}
