using Atlas.Domain;

namespace Atlas.Queries;

/// <summary>Selects ended sessions for review, oldest first.</summary>
public sealed record ReviewFilter
{
    /// <summary>Only sessions of this learning key; null for all.</summary>
    public string? LearningKey { get; init; }

    /// <summary>Only sessions of this review status; null for all.</summary>
    public ReviewStatus? ReviewStatus { get; init; }

    /// <summary>Only sessions whose reward was out of line, or only those where it was not; null for both.</summary>
    public bool? DriftAlert { get; init; }

    /// <summary>Only sessions with at least this score, 0 to 1; null for all, including those without one.</summary>
    public double? MinScore { get; init; }

    /// <summary>Only sessions with at most this score, 0 to 1; null for all, including those without one.</summary>
    public double? MaxScore { get; init; }

    /// <summary>Only sessions whose learning key has this prefix; null for all.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>Leaves out sessions whose learning key has this prefix; null leaves none out.</summary>
    public string? ExceptKeyPrefix { get; init; }

    /// <summary>Only sessions with a greater number: the last one of the previous page. Null for the first page.</summary>
    public long? AfterId { get; init; }

    /// <summary>The largest number of sessions.</summary>
    /// <value>The default is 50.</value>
    public int Limit { get; init; } = 50;
}
