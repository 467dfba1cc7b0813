using System.Collections.Immutable;

namespace Atlas.Reports.Documents;

/// <summary>How the candidates of the last synthesis did at the gates.</summary>
public sealed record EntryQuality
{
    public int TotalCandidates { get; init; }

    public int Passed { get; init; }

    public int Failed { get; init; }

    /// <summary>Passed of all, 0 to 1.</summary>
    public double PassRate { get; init; }

    /// <summary>By name of the gate: how many did not pass.</summary>
    public ImmutableSortedDictionary<string, int> GateFailures { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>Mean score over all candidates, 0 to 1.</summary>
    public double AverageWeightedScore { get; init; }

    public ImmutableSortedDictionary<string, double> Weights { get; init; } = ImmutableSortedDictionary<string, double>.Empty;
}
