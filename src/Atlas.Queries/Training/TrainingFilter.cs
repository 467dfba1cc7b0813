using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Atlas.Queries.Training;

/// <summary>Which sessions are material for training, and how much of each is wanted.</summary>
public sealed record TrainingFilter
{
    /// <summary>Only sessions whose reward statistics have this score or a higher one; null for all, also those without.</summary>
    public double? MinReward { get; init; }

    /// <summary>Only sessions of this learning key; null for all.</summary>
    public string? LearningKey { get; init; }

    /// <summary>Only sessions of these statuses, exactly as they are written; empty for all.</summary>
    public ImmutableArray<string> Statuses { get; init; } = [];

    /// <summary>Only sessions of these review statuses, exactly as they are written; empty for all.</summary>
    /// <value>The default is <c>approved</c>: what nobody looked at, and what was put aside, does not train anybody.</value>
    public ImmutableArray<string> ReviewStatuses { get; init; } = ["approved"];

    /// <summary>Whether statuses and review statuses are compared without regard to upper and lower case.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>Only sessions that began at this time or later; null for all.</summary>
    public DateTimeOffset? CreatedAfter { get; init; }

    /// <summary>Only sessions that began before this time; null for all.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Only these sessions; empty for all.</summary>
    public ImmutableArray<long> SessionIds { get; init; } = [];

    /// <summary>Whether events come along.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool IncludeEvents { get; init; } = true;

    /// <summary>The newest so many events of a session.</summary>
    /// <value>The default is 200.</value>
    [Range(1, int.MaxValue)]
    public int MostEvents { get; init; } = 200;

    /// <summary>Whether rewards, notes, history and adaptive summary come along.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool IncludeLearningData { get; init; } = true;

    /// <summary>At most so many sessions; null for all.</summary>
    [Range(0, int.MaxValue)]
    public int? Limit { get; init; }

    /// <summary>How many of the newest to leave out first. It is counted anew at every call, so a caller that pages does better
    /// with one enumeration, or with <see cref="Before"/>.</summary>
    [Range(0, int.MaxValue)]
    public int Offset { get; init; }

    /// <summary>Only sessions behind this one in the order: the last of the page before. Null for the first page.</summary>
    public TrainingPosition? Before { get; init; }

    /// <summary>Only sessions up to this one in the order, and this one itself; null for no end.</summary>
    public TrainingPosition? Through { get; init; }

    /// <summary>Sessions that are read at once.</summary>
    /// <value>The default is 100.</value>
    [Range(1, 10_000)]
    public int PageSize { get; init; } = 100;

    /// <summary>What the original's client takes if it is told nothing: the newest thousand of whatever review status, also
    /// quarantined ones. For programs that were written for it; new ones keep the defaults above.</summary>
    public static TrainingFilter AsTheOriginal { get; } = new() { ReviewStatuses = [], Limit = 1000 };
}
