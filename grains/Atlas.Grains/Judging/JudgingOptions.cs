using System.ComponentModel.DataAnnotations;

namespace Atlas.Grains.Judging;

/// <summary>How much a silo judges at once, and how long it tries.</summary>
public sealed record JudgingOptions
{
    /// <summary>Sessions that one silo judges at the same time.</summary>
    /// <value>The default is 4; <c>rim.parallel_workers</c> of the configuration.</value>
    [Range(1, 32)]
    public int ParallelSessions { get; init; } = 4;

    /// <summary>How often a session is tried that gets no reward; then it is given up.</summary>
    /// <value>The default is 8; <c>adaptive_teaching.reward.max_attempts</c> of the configuration.</value>
    [Range(1, 100)]
    public int MaxAttempts { get; init; } = 8;
}
