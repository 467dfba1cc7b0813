namespace Atlas.Contracts.Sessions;

/// <summary>Where a session stands: how it ended, what it was worth, and whether its learning key knows of it.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Status"><c>running</c>, <c>succeeded</c> or <c>failed</c>.</param>
/// <param name="ReviewStatus"><c>pending</c>, <c>approved</c> or <c>quarantined</c>.</param>
/// <param name="Judging"><c>pending</c> (a judge is still to answer), <c>judged</c> (the reward is its), <c>failed</c> (it was given
/// up, there is no reward) or <c>off</c> (nothing is to be judged: the session runs, failed or brought its reward, or there is no judge).</param>
/// <param name="Reward">The reward; null if there is none, or none yet.</param>
/// <param name="Reason">A sentence: why the judging failed or is retried, why a lease closed the session, or why the session
/// does not teach; null otherwise.</param>
/// <param name="Learning"><c>judging</c> (is counted once it is judged), else as <see cref="SessionCompleted.Learning"/>; null
/// while the session runs.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-state")]
public sealed record SessionState(
    [property: Id(0)] long SessionId,
    [property: Id(1)] string Status,
    [property: Id(2)] string ReviewStatus,
    [property: Id(3)] string Judging,
    [property: Id(4)] SessionReward? Reward,
    [property: Id(5)] string? Reason,
    [property: Id(6)] string? Learning)
{
    /// <summary>Whether nothing more is to come by itself: the session has ended and no judge is to answer.</summary>
    public bool IsOver => Status is not "running" && Judging is not "pending";
}
