using System.Collections.Immutable;

namespace Atlas.Queries.Reports;

/// <summary>Selects the sessions of one report, and how much of each to read.</summary>
public sealed record ReportSelection
{
    public required string LearningKey { get; init; }

    public ReportFilter Filter { get; init; } = new();

    /// <summary>The number of newest sessions; null for all.</summary>
    public int? NewestSessions { get; init; }

    /// <summary>Whether to count calls of judges, which reads every audit.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool CountAudits { get; init; } = true;

    /// <summary>The number up to which events are counted; null counts all.</summary>
    public int? MostEvents { get; init; }

    /// <summary>Selects the control arm; null for none.</summary>
    public ArmSelector? Control { get; init; }

    /// <summary>Conditions for the sessions of both arms; those that do not match are in neither.</summary>
    public ImmutableArray<ArmCondition> ArmsWhere { get; init; } = [];

    /// <summary>Selects the treatment arm; null for every other session.</summary>
    public ArmSelector? Treatment { get; init; }
}
