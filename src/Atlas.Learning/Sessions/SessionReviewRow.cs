using Atlas.Domain;

namespace Atlas.Learning.Sessions;

/// <summary>A reviewer's decision to store.</summary>
public sealed record SessionReviewRow
{
    public required long SessionId { get; init; }

    public required ReviewDecision Decision { get; init; }

    /// <summary>Whether the session can teach from now on.</summary>
    public bool Teaches { get; init; }

    /// <summary>What the learning key needs if it has not counted the session yet; null if it has, or if learning is off.</summary>
    public SessionOutcome? Outcome { get; init; }

    /// <summary>Whether to tell the learning key: puts the decision into the outbox if the session has ended.</summary>
    public bool TellLearningKey { get; init; } = true;
}
