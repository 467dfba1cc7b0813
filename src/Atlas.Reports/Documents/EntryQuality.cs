using System.Collections.Immutable;

namespace Atlas.Reports.Documents;

/// <summary>The results of the last synthesis' candidates at the gates.</summary>
public sealed record EntryQuality
{
    public int TotalCandidates { get; init; }

    public int Passed { get; init; }

    public int Failed { get; init; }

    /// <summary>The share that passed, 0 to 1.</summary>
    public double PassRate { get; init; }

    /// <summary>The number of failures, by name of the gate.</summary>
    public ImmutableSortedDictionary<string, int> GateFailures { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>Mean score over all candidates, 0 to 1.</summary>
    public double AverageWeightedScore { get; init; }

    public ImmutableSortedDictionary<string, double> Weights { get; init; } = ImmutableSortedDictionary<string, double>.Empty;
}
