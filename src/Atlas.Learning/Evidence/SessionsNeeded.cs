namespace Atlas.Learning.Evidence;

/// <summary>Estimates how many sessions a trial needs.</summary>
public static class SessionsNeeded
{
    /// <summary>The largest variance of rewards from 0 to 1.</summary>
    public const double LargestVariance = 0.25;

    /// <summary>Returns the approximate number of sessions, with and without together, within which half of all trials detect a
    /// difference.</summary>
    /// <param name="difference">The difference in reward to detect, −1 to 1, not 0.</param>
    /// <param name="share">The share of sessions from which it is withheld, above 0 and below 1.</param>
    /// <param name="variance">The variance of rewards around those expected of their tasks, above 0 and at most 0.25; see
    /// <see cref="TrialEvidence.Variance"/>.</param>
    /// <param name="threshold">The e-value that decides, above 1: 1/α.</param>
    public static long For(double difference, double share, double variance = LargestVariance, double threshold = 100)
    {
        ArgumentOutOfRangeException.ThrowIfZero(difference);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(variance);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(threshold, 1);
        var needed = 2 * (Math.Log(threshold) + 0.7) * variance / (share * (1 - share) * difference * difference);
        return needed < long.MaxValue / 2 ? (long)Math.Ceiling(needed) : long.MaxValue / 2;
    }

    /// <summary>Returns how many are still missing, at least 0.</summary>
    /// <inheritdoc cref="For"/>
    public static long Missing(TrialEvidence evidence, double difference, double share, double threshold = 100)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return Math.Max(0, For(difference, share, Math.Min(evidence.Variance, LargestVariance), threshold) - evidence.Sessions);
    }
}
