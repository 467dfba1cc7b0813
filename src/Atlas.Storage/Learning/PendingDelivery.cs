using Atlas.Domain;

namespace Atlas.Storage.Learning;

/// <summary>A session, or a review of one, about which its learning key has not been told yet.</summary>
/// <param name="LearningKey">The key to tell.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Outcome">What to count; null if it was counted and there is only a review to tell.</param>
/// <param name="Teaches">Whether it can teach.</param>
/// <param name="Review">The review to tell after it; null if there was none since it was queued.</param>
/// <param name="QueuedAt">The time since which it has been waiting.</param>
/// <param name="IsLateReward">Whether the session got its reward after its end.</param>
public sealed record PendingDelivery(
    string LearningKey, long SessionId, SessionOutcome? Outcome, bool Teaches, ReviewDecision? Review, DateTimeOffset QueuedAt,
    bool IsLateReward = false)
{
    /// <summary>Why outcome and review could not be read; null if they could.</summary>
    public string? Problem { get; init; }
}
