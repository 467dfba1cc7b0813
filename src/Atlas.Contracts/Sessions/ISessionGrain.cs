using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Contracts.Access;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;
using Atlas.Domain;
using Orleans.Concurrency;

namespace Atlas.Contracts.Sessions;

/// <summary>Owns the records of one session. The grain's key is the session's number.</summary>
/// <remarks>A call is acknowledged when its records are committed. Every call is idempotent. A call cancelled before it starts changes
/// nothing; one that is already running may still be stored.</remarks>
[Alias("atlas.session")]
public interface ISessionGrain : IGrainWithIntegerKey
{
    /// <summary>Stores trajectory events, in order.</summary>
    /// <param name="firstSequence">The number of the first event within the session, from 0. Repeating a number changes nothing.</param>
    /// <param name="events">JSON objects in the form of <c>trajectory_events.event</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="AtlasRefusedException">There is no such session, it has ended, or an event is not a JSON object.</exception>
    [Alias("append")]
    [Needs(AtlasPermissions.Record)]
    Task Append(int firstSequence, ImmutableArray<JsonElement> events, CancellationToken cancellationToken = default);

    /// <summary>Stores the plan and replaces an earlier one.</summary>
    [Alias("plan")]
    [Needs(AtlasPermissions.Record)]
    Task RecordPlan(SessionPlan plan, CancellationToken cancellationToken = default);

    /// <summary>Stores a step with its attempts and guidance and replaces an earlier record of it.</summary>
    [Alias("step")]
    [Needs(AtlasPermissions.Record)]
    Task RecordStep(StepRecord step, CancellationToken cancellationToken = default);

    /// <summary>Adds a teacher's note to a step. Repeating the same note changes nothing.</summary>
    [Alias("guidance")]
    [Needs(AtlasPermissions.Record)]
    Task RecordGuidance(int stepId, string note, CancellationToken cancellationToken = default);

    /// <summary>Stores which entries fired and were adopted and replaces an earlier record.</summary>
    [Alias("usage")]
    [Needs(AtlasPermissions.Record)]
    Task RecordUsage(UsageSnapshot usage, CancellationToken cancellationToken = default);

    /// <summary>Ends the session: stores the answer and the reward, then lets its learning key count it.</summary>
    /// <remarks>Records come first: a failure of learning never changes how the session ended.</remarks>
    [Alias("complete")]
    [Needs(AtlasPermissions.Record)]
    Task<SessionCompleted> Complete(CompleteSession completion, CancellationToken cancellationToken = default);

    /// <summary>Adds a reward to a session that ended without one; its learning key counts it once. Repeating the same reward changes
    /// nothing.</summary>
    /// <remarks>If a judge has not answered yet, this reward replaces the judge's answer.</remarks>
    /// <exception cref="AtlasRefusedException">There is no such session, it is running, or it has another reward.</exception>
    [Alias("reward")]
    [Needs(AtlasPermissions.Record)]
    Task<SessionCompleted> Reward(SessionReward reward, CancellationToken cancellationToken = default);

    /// <summary>Sets the review status. Approving a pending session makes it teach.</summary>
    [Alias("review")]
    [Needs(AtlasPermissions.Review)]
    Task<SessionReviewed> Review(ReviewDecision decision, CancellationToken cancellationToken = default);

    /// <summary>Renews the session's lease. Every other call that stores something renews it too.</summary>
    /// <remarks>A running session whose lease runs out is closed as failed.</remarks>
    /// <exception cref="AtlasRefusedException">There is no such session, or it has ended.</exception>
    [Alias("renew")]
    [Needs(AtlasPermissions.Record)]
    Task Renew(CancellationToken cancellationToken = default);

    /// <summary>Returns the current state of the session. Never waits for another call.</summary>
    /// <exception cref="AtlasRefusedException">There is no such session.</exception>
    [AlwaysInterleave]
    [Alias("standing")]
    [Needs(AtlasPermissions.Read)]
    Task<SessionState> Standing(CancellationToken cancellationToken = default);

    /// <summary>Waits until the session has ended and its judging is over, or until <paramref name="patience"/> has passed, and returns its
    /// state.</summary>
    /// <param name="patience">How long to wait, at most 20 seconds; call again to wait longer. With zero or less the call does not wait.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="AtlasRefusedException">There is no such session.</exception>
    [AlwaysInterleave]
    [Alias("await-judgement")]
    [Needs(AtlasPermissions.Read)]
    Task<SessionState> AwaitJudgement(TimeSpan patience, CancellationToken cancellationToken = default);
}
