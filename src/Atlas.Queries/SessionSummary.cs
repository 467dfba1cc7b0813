using Atlas.Domain;

namespace Atlas.Queries;

/// <summary>An item in a list of sessions.</summary>
public sealed record SessionSummary
{
    public required long Id { get; init; }

    public required string Task { get; init; }

    /// <summary>Null if an older tool stored none.</summary>
    public string? LearningKey { get; init; }

    public required SessionStatus Status { get; init; }

    public required ReviewStatus ReviewStatus { get; init; }

    /// <summary>The reward's score, 0 to 1; null if there is none.</summary>
    public double? Reward { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>The version of the playbook that the session got.</summary>
    public int? PlaybookVersion { get; init; }

    /// <summary>The hash of the student's text that it got.</summary>
    public string? PlaybookSha256 { get; init; }

    /// <summary>The number of stored trajectory events.</summary>
    public long EventCount { get; init; }
}
