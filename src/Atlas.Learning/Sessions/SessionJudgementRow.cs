using Atlas.Domain;

namespace Atlas.Learning.Sessions;

/// <summary>Everything that the end of a judging writes, in one transaction.</summary>
public sealed record SessionJudgementRow
{
    public required long SessionId { get; init; }

    /// <summary>The judge; null if judging was given up.</summary>
    public string? Judge { get; init; }

    /// <summary>Why there is no reward; null if there is one.</summary>
    public string? Reason { get; init; }

    /// <summary>A JSON object as in <c>sessions.reward</c>; null if the session could not be judged.</summary>
    public string? RewardJson { get; init; }

    /// <summary>A JSON object as in <c>sessions.reward_stats</c>.</summary>
    public string? RewardStatsJson { get; init; }

    /// <summary>A JSON array as in <c>sessions.reward_audit</c>.</summary>
    public string? RewardAuditJson { get; init; }

    /// <summary>The cost of the final attempt.</summary>
    public TokenUsage Cost { get; init; } = TokenUsage.None;

    /// <summary>The review status; an existing decision of a reviewer stays.</summary>
    public required ReviewStatus ReviewStatus { get; init; }

    /// <summary>The reason; null keeps an existing note.</summary>
    public string? ReviewNotes { get; init; }

    /// <summary>Keys to merge into the metadata, a JSON object.</summary>
    public string? MetadataJson { get; init; }

    /// <summary>What to tell the learning key; null if learning is off.</summary>
    public SessionDelivery? Delivery { get; init; }

    /// <summary>When judging ended.</summary>
    public required DateTimeOffset FinishedAt { get; init; }
}
