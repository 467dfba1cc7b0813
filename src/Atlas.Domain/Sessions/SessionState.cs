
namespace Atlas.Domain.Sessions;

/// <summary>The state of a session: how it ended, its reward, and whether its learning key has counted it.</summary>
/// <param name="SessionId">The session's number.</param>
/// <param name="Status">Whether it is running, or how it ended.</param>
/// <param name="ReviewStatus">Whether it needs a review.</param>
/// <param name="Judging">The status of its judging.</param>
/// <param name="Reward">The reward; null if there is none, or none yet.</param>
/// <param name="Reason">A sentence that says why judging failed or is retried, why a lease closed the session, or why the session does not
/// teach; otherwise, null.</param>
/// <param name="Learning">What it means to its learning key; null while it is running.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-state")]
public sealed record SessionState(
    [property: Id(0)] long SessionId,
    [property: Id(1)] SessionStatus Status,
    [property: Id(2)] ReviewStatus ReviewStatus,
    [property: Id(3)] JudgingStatus Judging,
    [property: Id(4)] SessionReward? Reward,
    [property: Id(5)] string? Reason,
    [property: Id(6)] LearningStanding? Learning)
{
    /// <summary>Gets a value indicating whether the session has ended and no judge has yet to answer.</summary>
    public bool IsOver => Status is not SessionStatus.Running && Judging is not JudgingStatus.Pending;
}
