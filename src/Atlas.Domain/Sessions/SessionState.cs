
namespace Atlas.Domain.Sessions;

/// <summary>Where a session stands: how it ended, what it was worth, and whether its learning key knows of it.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Status">Whether it runs, or how it ended.</param>
/// <param name="ReviewStatus">Whether somebody has to look at it.</param>
/// <param name="Judging">How its judging stands.</param>
/// <param name="Reward">The reward; null if there is none, or none yet.</param>
/// <param name="Reason">A sentence: why the judging failed or is retried, why a lease closed the session, or why the session
/// does not teach; null otherwise.</param>
/// <param name="Learning">What it means to its learning key; null while it runs.</param>
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
    /// <summary>Whether nothing more is to come by itself: the session has ended and no judge is to answer.</summary>
    public bool IsOver => Status is not SessionStatus.Running && Judging is not JudgingStatus.Pending;
}
