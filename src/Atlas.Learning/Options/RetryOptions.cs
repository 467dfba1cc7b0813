using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>How often a call is tried again. The wait before try n + 1 is <c>backoff_seconds</c> times n.</summary>
public sealed record RetryOptions
{
    /// <summary>Tries in all, the first one included.</summary>
    /// <value>The default is 1.</value>
    [Range(1, 5)]
    public int Attempts { get; init; } = 1;

    /// <summary>Seconds of the first wait.</summary>
    /// <value>The default is 1.0.</value>
    [Range(0d, double.MaxValue)]
    public double BackoffSeconds { get; init; } = 1.0;
}
