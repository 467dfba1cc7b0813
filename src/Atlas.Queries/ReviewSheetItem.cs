using Atlas.Domain;

namespace Atlas.Queries;

/// <summary>A session in the reviewer's list: its reward, and how far that is from earlier sessions.</summary>
public sealed record ReviewSheetItem
{
    public required long Id { get; init; }

    public required string Task { get; init; }

    public string? LearningKey { get; init; }

    public required ReviewStatus ReviewStatus { get; init; }

    public string? ReviewNotes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether its reward was out of line.</summary>
    public required bool DriftAlert { get; init; }

    /// <summary>The measure that raised the alert, or the reason why there is none.</summary>
    public string? DriftReason { get; init; }

    /// <summary>Score minus the mean of the baseline; null if unknown.</summary>
    public double? ScoreDelta { get; init; }

    /// <summary>Uncertainty minus the mean of the baseline; null if unknown.</summary>
    public double? UncertaintyDelta { get; init; }

    /// <summary>Mean of the judgements, 0 to 1; null without a reward.</summary>
    public double? Reward { get; init; }

    public double? RewardStddev { get; init; }

    /// <summary>The number of judgements.</summary>
    public int? Samples { get; init; }

    /// <summary>The number of recorded judge calls.</summary>
    public required int AuditEntries { get; init; }
}
