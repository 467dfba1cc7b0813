using Atlas.Domain;

namespace Atlas.Learning.Sessions;

/// <summary>The progress of judging a session.</summary>
/// <param name="State">The status; never off.</param>
/// <param name="Attempts">The number of attempts begun, including the current one.</param>
/// <param name="DueAt">While pending: when the next attempt is due, or until when a silo has claimed it.</param>
/// <param name="Judge">The judge that gave the reward; null if none did.</param>
/// <param name="Reason">Why there is no reward, or why the last attempt gave none; null otherwise.</param>
/// <param name="Cost">The cost of all attempts.</param>
/// <param name="RequestedAt">When the session ended.</param>
/// <param name="FinishedAt">When judging ended; null while it is pending.</param>
public sealed record StoredJudging(
    JudgingStatus State,
    int Attempts,
    DateTimeOffset DueAt,
    string? Judge,
    string? Reason,
    TokenUsage Cost,
    DateTimeOffset RequestedAt,
    DateTimeOffset? FinishedAt);
