using System.Collections.Immutable;
using Atlas.Reports.Statistics;

namespace Atlas.Reports.Documents;

/// <summary>The differences between a key's report and that of an earlier run.</summary>
public sealed record RunComparison
{
    public double? RecentMeanDelta { get; init; }

    /// <summary>Null if the earlier report does not contain its spread.</summary>
    public Interval? RecentMeanDeltaInterval { get; init; }

    public double? LatestScoreDelta { get; init; }

    public long SessionCountDelta { get; init; }

    /// <summary>The differences by <c>role:model</c>; models without a change are left out.</summary>
    public ImmutableSortedDictionary<string, ModelDelta> ModelDeltas { get; init; } = ImmutableSortedDictionary<string, ModelDelta>.Empty;
}
