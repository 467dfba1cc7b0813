using Atlas.Domain;

namespace Atlas.Queries;

/// <summary>Selects sessions, newest first.</summary>
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

    /// <summary>Only sessions whose learning key has this prefix; null for all.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>Leaves out sessions whose learning key has this prefix; null leaves none out.</summary>
    public string? ExceptKeyPrefix { get; init; }

    /// <summary>Only sessions that got the entry with this id; null for all.</summary>
    public string? Entry { get; init; }

    /// <summary>Only sessions that got this version of the playbook; null for all.</summary>
    public int? PlaybookVersion { get; init; }

    /// <summary>Only sessions from which the entry with this id was withheld at random; null for all.</summary>
    public string? Withheld { get; init; }

    /// <summary>Only sessions that were drawn for this experiment of their key; null for all.</summary>
    public int? Experiment { get; init; }

    /// <summary>For an experiment: true for its new arm only, false for the other one only; null for both.</summary>
    public bool? InNewArm { get; init; }

    /// <summary>Only sessions whose reward was out of line, or only those where it was not; null for both.</summary>
    public bool? DriftAlert { get; init; }

    /// <summary>Only sessions that wait for this; null for all.</summary>
    public SessionWait? WaitsFor { get; init; }

    /// <summary>Only sessions that began at this time or later; null for all.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only sessions that began before this time; null for all.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only sessions with a smaller number: the last one of the previous page. Null for the first page.</summary>
    public long? BeforeId { get; init; }

    /// <summary>The largest number of sessions.</summary>
    /// <value>The default is 50.</value>
    public int Limit { get; init; } = 50;
}

/// <summary>What an ended session can wait for.</summary>
public enum SessionWait
{
    /// <summary>A judge.</summary>
    Judge,

    /// <summary>Its learning key, which has not been told about it yet.</summary>
    Count,
}
