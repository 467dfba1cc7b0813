using System.Collections.Immutable;

namespace Atlas.Queries.Reports;

/// <summary>Selects the sessions for a report.</summary>
public sealed record ReportFilter
{
    /// <summary>Only sessions whose metadata names this <c>project_root</c>; null for all.</summary>
    public string? ProjectRoot { get; init; }

    /// <summary>Only sessions with exactly this task; null for all.</summary>
    public string? Task { get; init; }

    /// <summary>Only sessions that have every one of these tags.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];
}
