using System.ComponentModel.DataAnnotations;

namespace Atlas.Grains.Judging;

/// <summary>How many sessions a silo judges at a time, and how often it tries.</summary>
public sealed record JudgingOptions
{
    /// <summary>The number of sessions that one silo judges concurrently.</summary>
    /// <value>The default is 4; <c>rim.parallel_workers</c> of the configuration.</value>
    [Range(1, 32)]
    public int ParallelSessions { get; init; } = 4;

    /// <summary>The number of attempts after which a session without a reward is given up.</summary>
    /// <value>The default is 8; <c>adaptive_teaching.reward.max_attempts</c> of the configuration.</value>
    [Range(1, 100)]
    public int MaxAttempts { get; init; } = 8;

    /// <summary>The number of past sessions that the judge is asked about repeatedly; 0 for none.</summary>
    /// <value>The default is 0; <c>adaptive_teaching.reward.panel_sessions</c> of the configuration.</value>
    [Range(0, 500)]
    public int PanelSessions { get; init; }

    /// <summary>The number of days until it is asked about each of them again.</summary>
    /// <value>The default is 7; <c>adaptive_teaching.reward.panel_days</c> of the configuration.</value>
    [Range(1, 365)]
    public int PanelDays { get; init; } = 7;
}
