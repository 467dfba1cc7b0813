using System.Collections.Immutable;

namespace Atlas.Queries.Reports;

/// <summary>The sessions of one report, and how much of each is wanted.</summary>
public sealed record ReportSelection
{
    public required string LearningKey { get; init; }

    public ReportFilter Filter { get; init; } = new();

    /// <summary>Only the newest so many; null for all.</summary>
    public int? NewestSessions { get; init; }

    /// <summary>Whether calls of judges are counted, which reads every audit.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool CountAudits { get; init; } = true;

    /// <summary>Events are counted up to here; null counts all.</summary>
    public int? MostEvents { get; init; }

    /// <summary>Marks the arm that is measured against; null for none.</summary>
    public ArmSelector? Control { get; init; }

    /// <summary>Conditions that the sessions of both arms are held to; those that do not fit are in neither.</summary>
    public ImmutableArray<ArmCondition> ArmsWhere { get; init; } = [];

    /// <summary>Marks the arm that is measured; null for every other session.</summary>
    public ArmSelector? Treatment { get; init; }
}
