using System.Text.Json;

namespace Atlas.Storage.Learning;

/// <summary>A session, or a review of one, that its learning key does not know of yet.</summary>
/// <param name="LearningKey">The key to tell.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Outcome">What to count; null if it was counted and only the review is to be told.</param>
/// <param name="Teaches">Whether it may feed the synthesizer.</param>
/// <param name="Review">The review to tell after it; null if there was none since it was queued.</param>
/// <param name="QueuedAt">Since when it waits.</param>
public sealed record PendingDelivery(
    string LearningKey, long SessionId, JsonElement? Outcome, bool Teaches, DeliveredReview? Review, DateTimeOffset QueuedAt);

/// <summary>A review as it waits for the learning key.</summary>
/// <param name="Status"><c>pending</c>, <c>approved</c> or <c>quarantined</c>.</param>
/// <param name="Reviewer">Who decided.</param>
/// <param name="Note">Why; null if nothing was said.</param>
public sealed record DeliveredReview(string Status, string Reviewer, string? Note);
