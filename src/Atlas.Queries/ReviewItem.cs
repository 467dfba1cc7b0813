using Atlas.Domain;

namespace Atlas.Queries;

/// <summary>A session as a reviewer sees it.</summary>
public sealed record ReviewItem
{
    public required long Id { get; init; }

    public required string Task { get; init; }

    /// <summary>Null if an older tool stored none.</summary>
    public string? LearningKey { get; init; }

    public required SessionStatus Status { get; init; }

    public required ReviewStatus ReviewStatus { get; init; }

    /// <summary>The reward's score, 0 to 1; null if there is none.</summary>
    public double? Score { get; init; }

    /// <summary>Whether its reward was out of line with earlier sessions.</summary>
    public bool DriftAlert { get; init; }

    /// <summary>In what way it was out of line; null without an alert.</summary>
    public string? DriftMessage { get; init; }

    /// <summary>Whether sessions needed approval when this one ended; null if that was not recorded.</summary>
    public bool? ApprovalRequired { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
