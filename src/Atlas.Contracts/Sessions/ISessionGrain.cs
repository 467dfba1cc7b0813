using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Contracts.Access;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;
using Atlas.Domain;
using Orleans.Concurrency;

namespace Atlas.Contracts.Sessions;

/// <summary>Owns the records of one session. The grain's key is the session's number.</summary>
/// <remarks>A call is acknowledged when its records are committed. Every call may be repeated without effect.
/// A call that is given up before its turn changes nothing; one that is under way then may be stored all the same.</remarks>
[Alias("atlas.session")]
public interface ISessionGrain : IGrainWithIntegerKey
{
    /// <summary>Stores trajectory events, in order.</summary>
    /// <param name="firstSequence">Number of the first event in the session, from 0; repeating a number changes nothing.</param>
    /// <param name="events">Each a JSON object of the form <c>trajectory_events.event</c>.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="AtlasRefusedException">There is no such session, it has ended, or an event is no JSON object.</exception>
    [Alias("append")]
    [Needs(AtlasPermissions.Record)]
    Task Append(int firstSequence, ImmutableArray<JsonElement> events, CancellationToken cancellationToken = default);

    /// <summary>Stores the plan, replacing an earlier one.</summary>
    [Alias("plan")]
    [Needs(AtlasPermissions.Record)]
    Task RecordPlan(SessionPlan plan, CancellationToken cancellationToken = default);

    /// <summary>Stores a step with its attempts and guidance, replacing what was stored of it.</summary>
    [Alias("step")]
    [Needs(AtlasPermissions.Record)]
    Task RecordStep(StepRecord step, CancellationToken cancellationToken = default);

    /// <summary>Adds a note of the teacher to a step; the same note again changes nothing.</summary>
    [Alias("guidance")]
    [Needs(AtlasPermissions.Record)]
    Task RecordGuidance(int stepId, string note, CancellationToken cancellationToken = default);

    /// <summary>Stores which entries fired and were adopted, replacing what was stored.</summary>
    [Alias("usage")]
    [Needs(AtlasPermissions.Record)]
    Task RecordUsage(UsageSnapshot usage, CancellationToken cancellationToken = default);

    /// <summary>Ends the session: stores answer and reward, then lets its learning key count it.</summary>
    /// <remarks>Records come first: trouble with learning never changes how the session ended.</remarks>
    [Alias("complete")]
    [Needs(AtlasPermissions.Record)]
    Task<SessionCompleted> Complete(CompleteSession completion, CancellationToken cancellationToken = default);

    /// <summary>Gives a session that has ended without a reward one, which its learning key counts once. The same reward again changes nothing.</summary>
    /// <remarks>Where a judge is still to answer, this takes the place of its answer.</remarks>
    /// <exception cref="AtlasRefusedException">There is no such session, it runs, or it has another reward.</exception>
    [Alias("reward")]
    [Needs(AtlasPermissions.Record)]
    Task<SessionCompleted> Reward(SessionReward reward, CancellationToken cancellationToken = default);

    /// <summary>Sets the review status; approving one that waits makes it teach.</summary>
    [Alias("review")]
    [Needs(AtlasPermissions.Review)]
    Task<SessionReviewed> Review(ReviewDecision decision, CancellationToken cancellationToken = default);

    /// <summary>Tells that the session's runtime is alive; every other call that adds something tells so too.</summary>
    /// <remarks>A running session that nothing is heard of for its lease is closed as failed.</remarks>
    /// <exception cref="AtlasRefusedException">There is no such session, or it has ended.</exception>
    [Alias("renew")]
    [Needs(AtlasPermissions.Record)]
    Task Renew(CancellationToken cancellationToken = default);

    /// <summary>Where the session stands now. Never waits for another call.</summary>
    /// <exception cref="AtlasRefusedException">There is no such session.</exception>
    [AlwaysInterleave]
    [Alias("standing")]
    [Needs(AtlasPermissions.Read)]
    Task<SessionState> Standing(CancellationToken cancellationToken = default);

    /// <summary>Waits until the session has ended and its judging is over, or until patience ends, and tells where it stands then.</summary>
    /// <param name="patience">How long to wait, cut to 20 seconds: who wants to wait longer asks again. Zero or less does not wait.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="AtlasRefusedException">There is no such session.</exception>
    [AlwaysInterleave]
    [Alias("await-judgement")]
    [Needs(AtlasPermissions.Read)]
    Task<SessionState> AwaitJudgement(TimeSpan patience, CancellationToken cancellationToken = default);
}
