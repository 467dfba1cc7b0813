namespace Atlas.Reports.Documents;

/// <summary>The results of sessions with one model in one role.</summary>
public sealed record ModelFigures
{
    /// <summary><c>student</c> or <c>teacher</c>.</summary>
    public required string Role { get; init; }

    public required string ModelId { get; init; }

    public long SessionCount { get; init; }

    public long RewardCount { get; init; }

    public double? RewardMean { get; init; }

    /// <summary>Spread of the rewards (n − 1); null with fewer than two.</summary>
    public double? RewardStddev { get; init; }

    public double? LatestScore { get; init; }

    /// <summary>When the newest of the sessions began, with or without a reward.</summary>
    public DateTimeOffset LastSeenAt { get; init; }
}
