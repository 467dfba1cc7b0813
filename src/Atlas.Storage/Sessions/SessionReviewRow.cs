namespace Atlas.Storage.Sessions;

/// <summary>A reviewer's decision to store.</summary>
public sealed record SessionReviewRow
{
    public required long SessionId { get; init; }

    /// <summary><c>pending</c>, <c>approved</c> or <c>quarantined</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Who decided; not blank.</summary>
    public required string Reviewer { get; init; }

    /// <summary>Why; null keeps the note that is there.</summary>
    public string? Note { get; init; }

    /// <summary>Whether the session may feed the synthesizer from now on.</summary>
    public bool Teaches { get; init; }

    /// <summary>What the learning key needs if it has not counted the session yet; null if it has, or if learning is off.</summary>
    public string? OutcomeJson { get; init; }

    /// <summary>Whether the learning key is to be told: puts the decision into the outbox if the session has ended.</summary>
    public bool TellLearningKey { get; init; } = true;
}

/// <summary>What a review changed.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="LearningKey">Its learning key; null if an older tool stored none.</param>
/// <param name="Status"><c>running</c>, <c>succeeded</c> or <c>failed</c>.</param>
/// <param name="ReviewStatus">The review status now.</param>
/// <param name="PreviousReviewStatus">The one before.</param>
/// <param name="Queued">Whether the learning key is still to be told.</param>
public sealed record SessionReviewed(
    long SessionId, string? LearningKey, string Status, string ReviewStatus, string PreviousReviewStatus, bool Queued);
