using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Atlas.Queries.Training;

/// <summary>Selects sessions for training, and how much of each to read.</summary>
public sealed record TrainingFilter
{
    /// <summary>Only sessions whose reward statistics have at least this score; null for all, including those without.</summary>
    public double? MinReward { get; init; }

    /// <summary>Only sessions of this learning key; null for all.</summary>
    public string? LearningKey { get; init; }

    /// <summary>Only sessions with these statuses, exactly as written; empty for all.</summary>
    public ImmutableArray<string> Statuses { get; init; } = [];

    /// <summary>Only sessions with these review statuses, exactly as written; empty for all.</summary>
    /// <value>The default is <c>approved</c>: sessions that are pending or quarantined do not train anything.</value>
    public ImmutableArray<string> ReviewStatuses { get; init; } = ["approved"];

    /// <summary>Whether statuses and review statuses are compared case-insensitively.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>Only sessions that began at this time or later; null for all.</summary>
    public DateTimeOffset? CreatedAfter { get; init; }

    /// <summary>Only sessions that began before this time; null for all.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Only these sessions; empty for all.</summary>
    public ImmutableArray<long> SessionIds { get; init; } = [];

    /// <summary>Whether to include events.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool IncludeEvents { get; init; } = true;

    /// <summary>The number of newest events of a session.</summary>
    /// <value>The default is 200.</value>
    [Range(1, int.MaxValue)]
    public int MostEvents { get; init; } = 200;

    /// <summary>Whether to include rewards, notes, history and adaptive summary.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool IncludeLearningData { get; init; } = true;

    /// <summary>The largest number of sessions; null for all.</summary>
    [Range(0, int.MaxValue)]
    public int? Limit { get; init; }

    /// <summary>How many of the newest sessions to skip. They are counted again at every call, so a caller that pages should rather use one
    /// enumeration, or <see cref="Before"/>.</summary>
    [Range(0, int.MaxValue)]
    public int Offset { get; init; }

    /// <summary>Only sessions after this one in the order: the last of the previous page. Null for the first page.</summary>
    public TrainingPosition? Before { get; init; }

    /// <summary>Only sessions up to and including this one in the order; null for no end.</summary>
    public TrainingPosition? Through { get; init; }

    /// <summary>The number of sessions that are read at once.</summary>
    /// <value>The default is 100.</value>
    [Range(1, 10_000)]
    public int PageSize { get; init; } = 100;

    /// <summary>The defaults of the original implementation's client: the newest thousand with any review status, including quarantined
    /// ones. For programs that were written for it; new ones keep the defaults above.</summary>
    public static TrainingFilter AsTheOriginal { get; } = new() { ReviewStatuses = [], Limit = 1000 };
}
