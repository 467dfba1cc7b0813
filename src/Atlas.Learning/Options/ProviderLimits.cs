using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>How heavily one provider's endpoint is used, over all models and sessions of a process.</summary>
public sealed record ProviderLimits
{
    /// <summary>Maximum number of calls in progress at the same time.</summary>
    /// <value>The default is 16.</value>
    [Range(1, 10_000)]
    public int MaxConcurrentCalls { get; init; } = 16;

    /// <summary>Maximum number of calls per minute.</summary>
    /// <value>The default is none: no limit.</value>
    [Range(1, 1_000_000)]
    public int? CallsPerMinute { get; init; }

    /// <summary>Maximum number of calls that wait for their turn. Further calls are rejected.</summary>
    /// <value>The default is 1000.</value>
    [Range(0, 1_000_000)]
    public int MaxWaitingCalls { get; init; } = 1000;

    /// <summary>Longest wait between two attempts, in seconds, that a provider may ask for. A call that would have to wait longer
    /// fails.</summary>
    /// <value>The default is 60.</value>
    [Range(0d, 3600d)]
    public double MaxRetryAfterSeconds { get; init; } = 60;

    /// <summary>Number of calls within half a minute from which the circuit breaker acts: if at least half of them failed, calls pause for
    /// a while.</summary>
    /// <value>The default is 10.</value>
    [Range(2, 1000)]
    public int CircuitCalls { get; init; } = 10;

    /// <summary>How long calls pause, in seconds, after half of them failed.</summary>
    /// <value>The default is 15.</value>
    [Range(1d, 3600d)]
    public double CircuitPauseSeconds { get; init; } = 15;
}
