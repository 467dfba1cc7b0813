using System.Collections.Immutable;
using Atlas.Queries.Reports;
using Atlas.Reports.Documents;
using Atlas.Reports.Files;

namespace Atlas.Cli.Reports;

/// <summary>The options of a report run.</summary>
internal sealed record ReportRequest
{
    /// <summary>Gets the keys by name; empty for those with the most sessions.</summary>
    public required ImmutableArray<string> Keys { get; init; }

    /// <summary>Gets the maximum number of keys if none is named; null for all.</summary>
    public int? Limit { get; init; }

    public required ReportFilter Filter { get; init; }

    public required ReportSettings Settings { get; init; }

    public int? NewestSessions { get; init; }

    public int DiscoveryLimit { get; init; }

    public int TrajectoryLimit { get; init; }

    /// <summary>Gets the number of reports that are created concurrently.</summary>
    public int BatchSize { get; init; }

    public bool SummaryOnly { get; init; }

    /// <summary>Gets another key as the baseline.</summary>
    public string? Against { get; init; }

    /// <summary>Gets the selector of the key's own sessions that are the baseline.</summary>
    public ArmSelector? Control { get; init; }

    /// <summary>Gets the selector of the key's sessions that are measured.</summary>
    public ArmSelector? Treatment { get; init; }

    /// <summary>Gets the conditions that the sessions of both arms must meet.</summary>
    public ImmutableArray<ArmCondition> ArmsWhere { get; init; } = [];

    /// <summary>Gets the index of an earlier run.</summary>
    public string? CompareTo { get; init; }

    public required string OutputDirectory { get; init; }

    public bool Markdown { get; init; }

    public bool Html { get; init; }

    /// <summary>Gets the caller's notes, without the time; null for none.</summary>
    public RunMetadata? Notes { get; init; }
}
