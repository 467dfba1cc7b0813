using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Client.Calls;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;
using Atlas.Learning.Journal;
using Atlas.Learning.Sessions;
using Orleans.Runtime;

namespace Atlas.Client;

/// <summary>An open session. Not safe for concurrent use; events keep the order of the calls.</summary>
public sealed class AtlasSession
{
    private readonly ISessionGrain _grain;
    private readonly CallRetry _calls;
    private readonly int _stored;
    private readonly EventBuffer _buffer;
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
        _buffer = new EventBuffer(events => StoreAsync(events, CancellationToken.None));
    }

    public long SessionId { get; }

    public string LearningKey { get; }

    /// <summary>Gets the status: running, or how the session ended if an earlier start with the same external id was completed.</summary>
    public SessionStatus Status { get; private set; }

    /// <summary>Gets what to inject: text, hash, version and the finished block for each role.</summary>
    public ResolvedPlaybook Playbook { get; }

    /// <summary>Gets the arm of an experiment that this session is in; null if it is in none. The caller applies
    /// <see cref="ExperimentArm.Settings"/>, such as a model or a system prompt; versions, entries and the injection mode are already in
    /// <see cref="Playbook"/>.</summary>
    public ExperimentArm? Arm => Playbook.Arm;

    /// <summary>Continues numbering after the events already stored. Call it to resume a session that another process started. Without it
    /// the first event gets number 0 again, and events under numbers already stored change nothing.</summary>
    public void GoOn() => _nextSequence = Math.Max(_nextSequence, _stored);

    /// <summary>Stores events. They are durable when the task completes. A failed call can be repeated.</summary>
    /// <param name="events">JSON objects in the form of <c>trajectory_events.event</c>; see <see cref="TrajectoryEvent"/>.</param>
    public Task AppendAsync(params IReadOnlyList<JsonElement> events) => AppendAsync(events, CancellationToken.None);

    /// <inheritdoc cref="AppendAsync(IReadOnlyList{JsonElement})"/>
    /// <param name="events">JSON objects in the form of <c>trajectory_events.event</c>; see <see cref="TrajectoryEvent"/>.</param>
    /// <param name="cancellationToken">Stops waiting. The events may still be stored; repeating the call then changes nothing.</param>
    public async Task AppendAsync(IReadOnlyList<JsonElement> events, CancellationToken cancellationToken)
    {
        var all = Checked(events);
        await _buffer.FlushAsync(cancellationToken).ConfigureAwait(false);
        await StoreAsync(all, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Hands events over to be stored in the background, in order and several at a time, so that an agent does not wait for each of
    /// them. They are durable when <see cref="FlushAsync"/> or <see cref="CompleteAsync(CompleteSession, CancellationToken)"/> has completed;
    /// both store first what could not be stored before, or throw. An event that the cluster refuses is dropped; the next flush or completion
    /// throws once, and can then be repeated.</summary>
    /// <param name="events">JSON objects in the form of <c>trajectory_events.event</c>; see <see cref="TrajectoryEvent"/>.</param>
    /// <exception cref="AtlasRefusedException">An event is not a JSON object or too large; none of them is stored.</exception>
    public void Record(params IReadOnlyList<JsonElement> events)
    {
        var all = Checked(events);
        _buffer.Add(all);
    }

    /// <summary>Waits until all events of <see cref="Record"/> are stored.</summary>
    /// <param name="cancellationToken">Stops waiting; the events are still stored.</param>
    /// <exception cref="AtlasUnavailableException">No silo answered; the events wait for the next attempt.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default) => _buffer.FlushAsync(cancellationToken);

    /// <summary>Stores the plan and replaces an earlier one.</summary>
    public Task RecordPlanAsync(SessionPlan plan, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => _grain.RecordPlan(plan, cancellationToken), cancellationToken);

    /// <summary>Stores a step with its attempts and guidance and replaces an earlier record of it.</summary>
    public Task RecordStepAsync(StepRecord step, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => _grain.RecordStep(step, cancellationToken), cancellationToken);

    /// <summary>Adds a teacher's note to a step.</summary>
    /// <param name="stepId">The step's number in the plan.</param>
    /// <param name="note">The note; not blank.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task RecordGuidanceAsync(int stepId, string note, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => _grain.RecordGuidance(stepId, note, cancellationToken), cancellationToken);

    /// <summary>Stores which entries fired and were adopted and replaces an earlier record.</summary>
    public Task RecordUsageAsync(UsageSnapshot usage, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => _grain.RecordUsage(usage, cancellationToken), cancellationToken);

    /// <summary>Ends the session: stores waiting events, the answer and the reward, then lets its learning key count it.</summary>
    public async Task<SessionCompleted> CompleteAsync(CompleteSession completion, CancellationToken cancellationToken = default)
    {
        await _buffer.FlushAsync(cancellationToken).ConfigureAwait(false);
        var completed = await _calls.RepeatableAsync(() => _grain.Complete(completion, cancellationToken), cancellationToken).ConfigureAwait(false);
        Status = completed.Status;
        return completed;
    }

    /// <summary>Ends the session as succeeded.</summary>
    /// <param name="answer">The final answer.</param>
    /// <param name="score">The reward, from 0 to 1; null if the session was not scored.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<SessionCompleted> CompleteAsync(string answer, double? score = null, CancellationToken cancellationToken = default) => CompleteAsync(
        new CompleteSession(SessionStatus.Succeeded, answer, score is { } value ? new SessionReward(value) : null), cancellationToken);

    /// <summary>Adds a reward to a session that ended without one. Repeating the same reward changes nothing.</summary>
    /// <param name="reward">The reward.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<SessionCompleted> RewardAsync(SessionReward reward, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => _grain.Reward(reward, cancellationToken), cancellationToken);

    /// <summary>Renews the session's lease, so that it does not run out during long work without records.</summary>
    public Task RenewAsync(CancellationToken cancellationToken = default) => _calls.RepeatableAsync(() => _grain.Renew(cancellationToken), cancellationToken);

    /// <summary>Returns the current state of the session.</summary>
    public Task<SessionState> StandingAsync(CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => _grain.Standing(cancellationToken), cancellationToken);

    /// <summary>Waits for the reward of the ended session until judging is over or <paramref name="patience"/> has passed.</summary>
    /// <returns>The state at that moment; its <see cref="SessionState.Reward"/> is null if there is no reward, or none yet.</returns>
    public Task<SessionState> AwaitRewardAsync(TimeSpan patience, CancellationToken cancellationToken = default) =>
        RewardWait.ForAsync(_grain, _calls, patience, cancellationToken);

    private async Task StoreAsync(ImmutableArray<JsonElement> events, CancellationToken cancellationToken)
    {
        await _calls.RepeatableAsync(() => _grain.Append(_nextSequence, events, cancellationToken), cancellationToken).ConfigureAwait(false);
        _nextSequence += events.Length;
    }

    // A message over the connection's limit would break the connection and every call on it. Over HTTP an append is split into several requests.
    private ImmutableArray<JsonElement> Checked(IReadOnlyList<JsonElement> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        ImmutableArray<JsonElement> all = [.. events];
        try
        {
            CallerJson.CheckEvents(_nextSequence, all);
            if (_grain is GrainReference)
            {
                SessionLimits.CheckEvents(_nextSequence, all);
            }
        }
        catch (RefusedException refused)
        {
            throw new AtlasRefusedException(refused.Message, refused);
        }

        return all;
    }
}
