using System.Collections.Immutable;
using Atlas.Reports.Statistics;

namespace Atlas.Reports.Documents;

/// <summary>How a key's report differs from that of an earlier run.</summary>
public sealed record RunComparison
{
    public double? RecentMeanDelta { get; init; }

    /// <summary>Null where the earlier report does not tell its spread.</summary>
    public Interval? RecentMeanDeltaInterval { get; init; }

    public double? LatestScoreDelta { get; init; }

    public long SessionCountDelta { get; init; }

    /// <summary>By <c>role:model</c>; models that did not change are left out.</summary>
    public ImmutableSortedDictionary<string, ModelDelta> ModelDeltas { get; init; } = ImmutableSortedDictionary<string, ModelDelta>.Empty;
}
