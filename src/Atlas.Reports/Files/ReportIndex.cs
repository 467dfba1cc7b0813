using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Reports.Documents;

namespace Atlas.Reports.Files;

/// <summary>What a run of reports made. On disk it is <c>index.json</c>.</summary>
public sealed record ReportIndex
{
    public ImmutableArray<string> LearningKeys { get; init; } = [];

    /// <summary>Keys with sessions that fit and that were not reported, because only so many were asked for.</summary>
    public int KeysLeftOut { get; init; }

    /// <summary>By key.</summary>
    public ImmutableSortedDictionary<string, ReportFiles> Artifacts { get; init; } = ImmutableSortedDictionary<string, ReportFiles>.Empty;

    /// <summary>The page with the charts of all keys.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Html { get; init; }

    /// <summary>By key and kind of comparison: the verdict.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, Statistics.Verdict>> Verdicts { get; init; } =
        ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, Statistics.Verdict>>.Empty;

    /// <summary>By key, with an earlier run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, RunComparison>? Comparisons { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ComparisonAggregate? Aggregate { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunMetadata? RunMetadata { get; init; }
}
