using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>How hard one provider's endpoint is used, over all models and sessions of a process.</summary>
public sealed record ProviderLimits
{
    /// <summary>Most calls under way at once.</summary>
    /// <value>The default is 16.</value>
    [Range(1, 10_000)]
    public int MaxConcurrentCalls { get; init; } = 16;

    /// <summary>Most calls per minute.</summary>
    /// <value>The default is none: no limit of ours.</value>
    [Range(1, 1_000_000)]
    public int? CallsPerMinute { get; init; }

    /// <summary>Most calls that wait for their turn; further ones are refused.</summary>
    /// <value>The default is 1000.</value>
    [Range(0, 1_000_000)]
    public int MaxWaitingCalls { get; init; } = 1000;

    /// <summary>Longest wait in seconds that a provider may ask for between two tries; a call that would have to wait longer fails.</summary>
    /// <value>The default is 60.</value>
    [Range(0d, 3600d)]
    public double MaxRetryAfterSeconds { get; init; } = 60;

    /// <summary>Calls within half a minute after which, if at least half of them failed, no more are made for a while.</summary>
    /// <value>The default is 10.</value>
    [Range(2, 1000)]
    public int CircuitCalls { get; init; } = 10;

    /// <summary>Seconds without calls once half of them failed.</summary>
    /// <value>The default is 15.</value>
    [Range(1d, 3600d)]
    public double CircuitPauseSeconds { get; init; } = 15;
}
