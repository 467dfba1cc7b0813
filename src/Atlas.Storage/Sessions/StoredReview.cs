using Atlas.Domain;

namespace Atlas.Storage.Sessions;

/// <summary>The result of a review.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="LearningKey">Its learning key; null if an older tool stored none.</param>
/// <param name="Status">Running, or the final status.</param>
/// <param name="ReviewStatus">The review status now.</param>
/// <param name="PreviousReviewStatus">The one before.</param>
/// <param name="Queued">Whether the learning key has yet to be told.</param>
public sealed record StoredReview(
    long SessionId, string? LearningKey, SessionStatus Status, ReviewStatus ReviewStatus, ReviewStatus PreviousReviewStatus, bool Queued);
