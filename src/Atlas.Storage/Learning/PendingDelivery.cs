using Atlas.Domain;

namespace Atlas.Storage.Learning;

/// <summary>A session, or a review of one, that its learning key does not know of yet.</summary>
/// <param name="LearningKey">The key to tell.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Outcome">What to count; null if it was counted and only the review is to be told.</param>
/// <param name="Teaches">Whether it may feed the synthesizer.</param>
/// <param name="Review">The review to tell after it; null if there was none since it was queued.</param>
/// <param name="QueuedAt">Since when it waits.</param>
/// <param name="IsLateReward">Whether the session got its reward after its end.</param>
public sealed record PendingDelivery(
    string LearningKey, long SessionId, SessionOutcome? Outcome, bool Teaches, ReviewDecision? Review, DateTimeOffset QueuedAt,
    bool IsLateReward = false)
{
    /// <summary>Why neither outcome nor review could be read; null if they could.</summary>
    public string? Problem { get; init; }
}
