using Atlas.Domain;

namespace Atlas.Storage.Sessions;

/// <summary>How a session ended, with this call or an earlier one.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="LearningKey">Its learning key; null if an older tool stored none.</param>
/// <param name="Status">The final status.</param>
/// <param name="ReviewStatus">Its review status.</param>
/// <param name="WasNew">Whether this call ended it.</param>
/// <param name="Queued">Whether its learning key has yet to be told.</param>
/// <param name="Counted">Whether its learning key has counted it.</param>
/// <param name="Judging">The status of its judging.</param>
public sealed record SessionEnd(
    long SessionId, string? LearningKey, SessionStatus Status, ReviewStatus ReviewStatus, bool WasNew, bool Queued, bool Counted,
    JudgingStatus Judging = JudgingStatus.Off);
