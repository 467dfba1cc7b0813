using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>How often a call is retried. The wait before attempt n + 1 is <c>backoff_seconds</c> times n.</summary>
public sealed record RetryOptions
{
    /// <summary>Number of attempts, including the first.</summary>
    /// <value>The default is 1.</value>
    [Range(1, 5)]
    public int Attempts { get; init; } = 1;

    /// <summary>The first wait, in seconds.</summary>
    /// <value>The default is 1.0.</value>
    [Range(0d, double.MaxValue)]
    public double BackoffSeconds { get; init; } = 1.0;
}
