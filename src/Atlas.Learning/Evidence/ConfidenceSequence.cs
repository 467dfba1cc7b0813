namespace Atlas.Learning.Evidence;

/// <summary>Bounds of the average effect that are valid at every look.</summary>
/// <param name="Low">The lower bound, −1 to 1.</param>
/// <param name="High">The upper bound, −1 to 1.</param>
public readonly record struct ConfidenceSequence(double Low, double High)
{
    private const int Halvings = 60;

    /// <summary>Returns the bounds after the sessions so far.</summary>
    /// <param name="evidence">The sessions.</param>
    /// <param name="alpha">The probability that the effect ever lies outside, above 0 and below 1.</param>
    /// <remarks>They concern the effect on the sessions that ran, each weighted by min(p, 1 − p).</remarks>
    public static ConfidenceSequence Of(TrialEvidence evidence, double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alpha);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(alpha, 1);
        var threshold = Math.Log(2 / alpha);
        return new(
            LargestRejected(effect => evidence.LogHelp(-effect) >= threshold),
            -LargestRejected(effect => evidence.LogHarm(-effect) >= threshold));
    }

    private static double LargestRejected(Func<double, bool> isRejected)
    {
        var (low, high) = (-1d, 1d);
        if (!isRejected(low))
        {
            return low;
        }

        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = isRejected(middle) ? (middle, high) : (low, middle);
        }

        return low;
    }
}
