using Atlas.Reports.Statistics;

namespace Atlas.Reports.Documents;

/// <summary>The current level of the reward, and how it has changed.</summary>
public sealed record RewardMomentum
{
    /// <summary>Mean of the newest rewards; null without any.</summary>
    public double? RecentMean { get; init; }

    public long RecentCount { get; init; }

    /// <summary>Their spread (n − 1); null with fewer than two.</summary>
    public double? RecentStddev { get; init; }

    /// <summary>Mean of the rewards just before the recent ones.</summary>
    public double? BaselineMean { get; init; }

    public long BaselineCount { get; init; }

    /// <summary>The recent mean minus the baseline mean.</summary>
    public double? Delta { get; init; }

    public Interval? DeltaInterval { get; init; }

    public double? LatestScore { get; init; }

    /// <summary>Mean of all rewards of the report.</summary>
    public double? OverallMean { get; init; }

    /// <summary>The number of sessions with a reward.</summary>
    public long OverallCount { get; init; }

    public required ReportWindow RecentWindow { get; init; }

    public required ReportWindow BaselineWindow { get; init; }
}
