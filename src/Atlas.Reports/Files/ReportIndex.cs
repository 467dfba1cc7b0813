using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Reports.Documents;

namespace Atlas.Reports.Files;

/// <summary>The result of a run of reports. On disk it is <c>index.json</c>.</summary>
public sealed record ReportIndex
{
    public ImmutableArray<string> LearningKeys { get; init; } = [];

    /// <summary>The number of keys with matching sessions that were not reported because of the limit.</summary>
    public int KeysLeftOut { get; init; }

    /// <summary>The files by key.</summary>
    public ImmutableSortedDictionary<string, ReportFiles> Artifacts { get; init; } = ImmutableSortedDictionary<string, ReportFiles>.Empty;

    /// <summary>The page with the charts of all keys.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Html { get; init; }

    /// <summary>The verdict by key and kind of comparison.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, Statistics.Verdict>> Verdicts { get; init; } =
        ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, Statistics.Verdict>>.Empty;

    /// <summary>The comparison with an earlier run, by key.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, RunComparison>? Comparisons { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ComparisonAggregate? Aggregate { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunMetadata? RunMetadata { get; init; }
}
