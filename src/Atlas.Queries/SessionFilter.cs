using Atlas.Domain;

namespace Atlas.Queries;

/// <summary>Which sessions to list, the newest first.</summary>
public sealed record SessionFilter
{
    /// <summary>Only sessions of this learning key; null for all.</summary>
    public string? LearningKey { get; init; }

    /// <summary>Only sessions of this status; null for all.</summary>
    public SessionStatus? Status { get; init; }

    /// <summary>Only sessions of this review status; null for all.</summary>
    public ReviewStatus? ReviewStatus { get; init; }

    /// <summary>Only sessions with this tag in their metadata; null for all.</summary>
    public string? Tag { get; init; }

    /// <summary>Only sessions whose learning key begins so; null for all.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>Leaves out sessions whose learning key begins so; null leaves none out.</summary>
    public string? ExceptKeyPrefix { get; init; }

    /// <summary>Only sessions that were given the entry with this id; null for all.</summary>
    public string? Entry { get; init; }

    /// <summary>Only sessions that were given this version of the playbook; null for all.</summary>
    public int? PlaybookVersion { get; init; }

    /// <summary>Only sessions with a smaller number: the last one of the page before. Null for the first page.</summary>
    public long? BeforeId { get; init; }

    /// <summary>At most so many.</summary>
    /// <value>The default is 50.</value>
    public int Limit { get; init; } = 50;
}
