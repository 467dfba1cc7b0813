using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Client.Calls;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;

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

    /// <summary><c>running</c>; or how the session ended, if an earlier start with the same external id has been completed.</summary>
    public string Status { get; private set; }

    /// <summary>What to inject: text, hash, version and the ready block per role.</summary>
    public ResolvedPlaybook Playbook { get; }

    /// <summary>Goes on after the events that are stored already: of a session that another process began, and that this one does
    /// not begin anew. Without it the first event is number 0 again, and those that are stored change nothing.</summary>
    public void GoOn() => _nextSequence = Math.Max(_nextSequence, _stored);

    /// <summary>Stores events; they are durable when this returns. A call that failed may be made again.</summary>
    /// <param name="eventsJson">JSON objects of the form <c>trajectory_events.event</c>; see <see cref="TrajectoryEvent"/>.</param>
    public async Task AppendAsync(params IReadOnlyList<string> eventsJson)
    {
        await _calls.RepeatableAsync(() => _grain.Append(_nextSequence, [.. eventsJson]));
        _nextSequence += eventsJson.Count;
    }

    /// <summary>Stores the plan, replacing an earlier one.</summary>
    public Task RecordPlanAsync(JsonNode plan) => _calls.RepeatableAsync(() => _grain.RecordPlan(plan.ToJsonString()));

    /// <summary>Stores a step with its attempts and guidance.</summary>
    public Task RecordStepAsync(StepRecord step) => _calls.RepeatableAsync(() => _grain.RecordStep(step));

    /// <summary>Adds a note of the teacher to a step.</summary>
    /// <param name="stepId">The step's number in the plan.</param>
    /// <param name="note">The teacher's words; not blank.</param>
    public Task RecordGuidanceAsync(int stepId, string note) => _calls.RepeatableAsync(() => _grain.RecordGuidance(stepId, note));

    /// <summary>Stores which entries fired and were adopted, replacing what was stored.</summary>
    public Task RecordUsageAsync(JsonNode usage) => _calls.RepeatableAsync(() => _grain.RecordUsage(usage.ToJsonString()));

    /// <summary>Ends the session: stores answer and reward, then lets its learning key count it.</summary>
    public async Task<SessionCompleted> CompleteAsync(CompleteSession completion)
    {
        var completed = await _calls.RepeatableAsync(() => _grain.Complete(completion));
        Status = completed.Status;
        return completed;
    }

    /// <summary>Ends the session as succeeded.</summary>
    /// <param name="answer">The final answer.</param>
    /// <param name="score">The reward, 0 to 1; null if nothing judged it.</param>
    public Task<SessionCompleted> CompleteAsync(string answer, double? score = null) =>
        CompleteAsync(new CompleteSession("succeeded", answer, score is { } value ? new SessionReward(value) : null));

    /// <summary>Tells that the session's runtime is alive, so that its lease does not run out during long work without records.</summary>
    public Task RenewAsync() => _calls.RepeatableAsync(() => _grain.Renew());

    /// <summary>Where the session stands now.</summary>
    public Task<SessionState> StandingAsync(CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => _grain.Standing(), cancellationToken);

    /// <summary>Waits for the reward of the ended session: until its judging is over, or until patience ends.</summary>
    /// <returns>Where it stands then; <see cref="SessionState.Reward"/> is null if there is no reward, or none yet.</returns>
    public Task<SessionState> AwaitRewardAsync(TimeSpan patience, CancellationToken cancellationToken = default) =>
        RewardWait.ForAsync(_grain, _calls, patience, cancellationToken);
}
