using System.Collections.Immutable;

namespace Atlas.Learning.Synthesis;

/// <summary>The summary of a batch of candidates. On the wire this is <c>metadata.playbook_summary</c>.</summary>
public sealed record SynthesisSummary
{
    public int TotalCandidates { get; init; }

    /// <summary>The number of candidates that passed all gates.</summary>
    public int Passed { get; init; }

    public int Failed { get; init; }

    /// <summary>0 to 1; 0 without candidates.</summary>
    public double PassRate { get; init; }

    /// <summary>The number of failures, by name of the gate.</summary>
    public ImmutableSortedDictionary<string, int> GateFailures { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>Mean over all candidates, 0 to 1.</summary>
    public double AverageWeightedScore { get; init; }

    /// <summary>ISO 8601, UTC.</summary>
    public string Timestamp { get; init; } = "";

    public ImmutableSortedDictionary<string, double> Weights { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Whether anything of the answer became part of the playbook.</summary>
    public bool Accepted { get; init; }

    public int ProvisionalCount { get; init; }

    public int BlockingFailures { get; init; }
}
