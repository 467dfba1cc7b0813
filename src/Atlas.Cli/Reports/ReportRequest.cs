using System.Collections.Immutable;
using Atlas.Queries.Reports;
using Atlas.Reports.Documents;
using Atlas.Reports.Files;

namespace Atlas.Cli.Reports;

/// <summary>What a run of reports is asked for.</summary>
internal sealed record ReportRequest
{
    /// <summary>The keys by name; empty for those with most sessions.</summary>
    public required ImmutableArray<string> Keys { get; init; }

    /// <summary>At most so many keys where none is named; null for all.</summary>
    public int? Limit { get; init; }

    public required ReportFilter Filter { get; init; }

    public required ReportSettings Settings { get; init; }

    public int? NewestSessions { get; init; }

    public int DiscoveryLimit { get; init; }

    public int TrajectoryLimit { get; init; }

    /// <summary>Reports made at the same time.</summary>
    public int BatchSize { get; init; }

    public bool SummaryOnly { get; init; }

    /// <summary>Another key to measure against.</summary>
    public string? Against { get; init; }

    /// <summary>Sessions of the key itself to measure against.</summary>
    public ArmSelector? Control { get; init; }

    /// <summary>Sessions of the key that are measured.</summary>
    public ArmSelector? Treatment { get; init; }

    /// <summary>Conditions that the sessions of both arms are held to.</summary>
    public ImmutableArray<ArmCondition> ArmsWhere { get; init; } = [];

    /// <summary>The index of an earlier run.</summary>
    public string? CompareTo { get; init; }

    public required string OutputDirectory { get; init; }

    public bool Markdown { get; init; }

    public bool Html { get; init; }

    /// <summary>What the caller noted, without the time; null if nothing.</summary>
    public RunMetadata? Notes { get; init; }
}
