using Atlas.Reports.Statistics;

namespace Atlas.Reports.Documents;

/// <summary>The impact of one entry on the sessions since it was added.</summary>
public sealed record EntryImpactFigures
{
    public required string? EntryId { get; init; }

    public required string Audience { get; init; }

    public required string CuePattern { get; init; }

    public string? RuntimeHandle { get; init; }

    public long TotalCueHits { get; init; }

    public long AdoptionEvents { get; init; }

    public long SuccessfulAdoptions { get; init; }

    /// <summary>Successful adoptions per cue hit; null without hits.</summary>
    public double? AdoptionRate { get; init; }

    public double? AverageRewardWith { get; init; }

    public double? AverageRewardWithout { get; init; }

    /// <summary>The mean with minus the mean without; null until there are both.</summary>
    public double? RewardDelta { get; init; }

    /// <summary>From the sessions of this report, or, if they do not show the entry, from the counters; in that case it is too wide rather
    /// than too narrow.</summary>
    public Interval? RewardDeltaInterval { get; init; }

    public double? AverageTokensWith { get; init; }

    public double? AverageTokensWithout { get; init; }

    public double? TokenDelta { get; init; }

    /// <summary>From the sessions of this report; null if they do not show the entry.</summary>
    public Interval? TokenDeltaInterval { get; init; }

    public int UniqueIncidents { get; init; }

    public bool TransferSuccess { get; init; }

    /// <summary><c>task</c>, <c>domain</c> (2 incidents), <c>workflow</c> (5) or <c>universal</c> (10).</summary>
    public required string TransferLevel { get; init; }

    public FailureAvoidance? FailureAvoidance { get; init; }

    /// <summary>Adoption rate times reward delta; null if either is null.</summary>
    public double? ImpactScore { get; init; }
}
