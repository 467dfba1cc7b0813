namespace Atlas.Learning.Evidence;

/// <summary>Checks that what is on trial was shown to as many sessions as it should have been. If not, one side lost sessions, and the
/// trial's results mean nothing.</summary>
public static class SampleRatio
{
    /// <summary>The e-value from which the assignment counts as broken.</summary>
    public const double Broken = 1000;

    private const double Prior = 100;

    /// <summary>Whether the assignment is broken.</summary>
    public static bool IsBroken(ShareCounts counts) => LogE(counts) >= Math.Log(Broken);

    /// <summary>Returns the logarithm of the e-value against “each session was shown it with the probability of its draw”; infinite for
    /// counts that no draws can give.</summary>
    public static double LogE(ShareCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return counts.IsImpossible ? double.PositiveInfinity : counts.Groups.Sum(group => LogE(group.Shown, group.Held, group.P));
    }

    /// <summary>Does the same for sessions with one probability.</summary>
    /// <param name="shown">Sessions that were shown it, at least 0.</param>
    /// <param name="held">Sessions from which it was withheld, at least 0.</param>
    /// <param name="p">The probability of being shown, above 0 and below 1.</param>
    public static double LogE(long shown, long held, double p)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shown);
        ArgumentOutOfRangeException.ThrowIfNegative(held);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(p);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(p, 1);
        var (a, b) = (Prior * p, Prior * (1 - p));
        return LogBeta(a + shown, b + held) - LogBeta(a, b) - (shown * Math.Log(p)) - (held * Math.Log(1 - p));
    }

    private static double LogBeta(double x, double y) => LogGamma(x) + LogGamma(y) - LogGamma(x + y);

    /// <summary>log Γ(x) for x above 0: Stirling's series from 16 on, and Γ(x) = Γ(x + 1)/x below.</summary>
    internal static double LogGamma(double x)
    {
        var shift = 0d;
        for (; x < 16; x++)
        {
            shift += Math.Log(x);
        }

        var square = 1 / (x * x);
        var series = ((((((((-3617d / 122400 * square) + (1d / 156)) * square) - (691d / 360360)) * square) + (1d / 1188)) * square - (1d / 1680)) * square + (1d / 1260)) * square - (1d / 360);
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (((series * square) + (1d / 12)) / x) - shift;
    }
}
