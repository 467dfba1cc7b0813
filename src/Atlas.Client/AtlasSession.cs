using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Client.Calls;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;

namespace Atlas.Client;

/// <summary>An open session. Not safe for use by many threads at once; events keep the order of the calls.</summary>
public sealed class AtlasSession
{
    private readonly ISessionGrain _grain;
    private readonly CallRetry _calls;
    private readonly int _stored;
    private int _nextSequence;

    internal AtlasSession(ISessionGrain grain, SessionStarted started, CallRetry calls)
    {
        _grain = grain;
        _calls = calls;
        SessionId = started.SessionId;
        LearningKey = started.LearningKey;
        Status = started.Status;
        Playbook = started.Playbook;
        _stored = started.NextSequence;
    }

    public long SessionId { get; }

    public string LearningKey { get; }

    /// <summary>Running; or how the session ended, if an earlier start with the same external id has been completed.</summary>
    public SessionStatus Status { get; private set; }

    /// <summary>What to inject: text, hash, version and the ready block per role.</summary>
    public ResolvedPlaybook Playbook { get; }

    /// <summary>The arm of an experiment that this session is in; null for none. What <see cref="ExperimentArm.Settings"/> asks for (a model, a
    /// system prompt) is the caller's to do: versions, entries and the playbook's place are in <see cref="Playbook"/> already.</summary>
    public ExperimentArm? Arm => Playbook.Arm;

    /// <summary>Goes on after the events that are stored already: of a session that another process began, and that this one does
    /// not begin anew. Without it the first event is number 0 again, and those that are stored change nothing.</summary>
    public void GoOn() => _nextSequence = Math.Max(_nextSequence, _stored);

    /// <summary>Stores events; they are durable when this returns. A call that failed may be made again.</summary>
    /// <param name="events">JSON objects of the form <c>trajectory_events.event</c>; see <see cref="TrajectoryEvent"/>.</param>
    public Task AppendAsync(params IReadOnlyList<JsonElement> events) => AppendAsync(events, CancellationToken.None);

    /// <inheritdoc cref="AppendAsync(IReadOnlyList{JsonElement})"/>
    /// <param name="events">JSON objects of the form <c>trajectory_events.event</c>; see <see cref="TrajectoryEvent"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the events may be stored all the same, and then the same call changes nothing.</param>
    public async Task AppendAsync(IReadOnlyList<JsonElement> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        await _calls.RepeatableAsync(() => _grain.Append(_nextSequence, [.. events], cancellationToken), cancellationToken).ConfigureAwait(false);
        _nextSequence += events.Count;
    }

    /// <summary>Stores the plan, replacing an earlier one.</summary>
    public Task RecordPlanAsync(SessionPlan plan, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => _grain.RecordPlan(plan, cancellationToken), cancellationToken);

    /// <summary>Stores a step with its attempts and guidance, replacing what was stored of it.</summary>
    public Task RecordStepAsync(StepRecord step, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => _grain.RecordStep(step, cancellationToken), cancellationToken);

    /// <summary>Adds a note of the teacher to a step.</summary>
    /// <param name="stepId">The step's number in the plan.</param>
    /// <param name="note">The teacher's words; not blank.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task RecordGuidanceAsync(int stepId, string note, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => _grain.RecordGuidance(stepId, note, cancellationToken), cancellationToken);

    /// <summary>Stores which entries fired and were adopted, replacing what was stored.</summary>
    public Task RecordUsageAsync(UsageSnapshot usage, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => _grain.RecordUsage(usage, cancellationToken), cancellationToken);

    /// <summary>Ends the session: stores answer and reward, then lets its learning key count it.</summary>
    public async Task<SessionCompleted> CompleteAsync(CompleteSession completion, CancellationToken cancellationToken = default)
    {
        var completed = await _calls.RepeatableAsync(() => _grain.Complete(completion, cancellationToken), cancellationToken).ConfigureAwait(false);
        Status = completed.Status;
        return completed;
    }

    /// <summary>Ends the session as succeeded.</summary>
    /// <param name="answer">The final answer.</param>
    /// <param name="score">The reward, 0 to 1; null if nothing judged it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<SessionCompleted> CompleteAsync(string answer, double? score = null, CancellationToken cancellationToken = default) => CompleteAsync(
        new CompleteSession(SessionStatus.Succeeded, answer, score is { } value ? new SessionReward(value) : null), cancellationToken);

    /// <summary>Gives the session, which has ended without a reward, one. The same reward again changes nothing.</summary>
    /// <param name="reward">The reward.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<SessionCompleted> RewardAsync(SessionReward reward, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => _grain.Reward(reward, cancellationToken), cancellationToken);

    /// <summary>Tells that the session's runtime is alive, so that its lease does not run out during long work without records.</summary>
    public Task RenewAsync(CancellationToken cancellationToken = default) => _calls.RepeatableAsync(() => _grain.Renew(cancellationToken), cancellationToken);

    /// <summary>Where the session stands now.</summary>
    public Task<SessionState> StandingAsync(CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => _grain.Standing(cancellationToken), cancellationToken);

    /// <summary>Waits for the reward of the ended session: until its judging is over, or until patience ends.</summary>
    /// <returns>Where it stands then; <see cref="SessionState.Reward"/> is null if there is no reward, or none yet.</returns>
    public Task<SessionState> AwaitRewardAsync(TimeSpan patience, CancellationToken cancellationToken = default) =>
        RewardWait.ForAsync(_grain, _calls, patience, cancellationToken);
}
