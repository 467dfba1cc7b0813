using Atlas.Domain;

namespace Atlas.Learning.Sessions;

/// <summary>How far the judging of a session is.</summary>
/// <param name="State">How it stands; never off.</param>
/// <param name="Attempts">Attempts begun, the one under way included.</param>
/// <param name="DueAt">While it is pending: when it is tried next, or until when a silo that judges has it.</param>
/// <param name="Judge">Who gave the reward; null if nobody did.</param>
/// <param name="Reason">Why there is no reward, or why the last attempt gave none; null otherwise.</param>
/// <param name="Cost">What all attempts cost together.</param>
/// <param name="RequestedAt">When the session ended.</param>
/// <param name="FinishedAt">When it was over; null while it is pending.</param>
public sealed record StoredJudging(
    JudgingStatus State,
    int Attempts,
    DateTimeOffset DueAt,
    string? Judge,
    string? Reason,
    TokenUsage Cost,
    DateTimeOffset RequestedAt,
    DateTimeOffset? FinishedAt);
