using Atlas.Reports.Statistics;

namespace Atlas.Reports.Documents;

/// <summary>Rewarded sessions in which a cue matched, compared with those in which none did.</summary>
public sealed record EfficiencyFigures
{
    public long SessionsWithCues { get; init; }

    public long SessionsWithoutCues { get; init; }

    public double? AverageRewardWithCues { get; init; }

    public double? AverageRewardWithoutCues { get; init; }

    public double? AverageTokensWithCues { get; init; }

    public double? AverageTokensWithoutCues { get; init; }

    /// <summary>The mean with minus the mean without.</summary>
    public double? RewardDelta { get; init; }

    public Interval? RewardDeltaInterval { get; init; }

    /// <summary>The mean with minus the mean without.</summary>
    public double? TokenDelta { get; init; }

    public Interval? TokenDeltaInterval { get; init; }
}
