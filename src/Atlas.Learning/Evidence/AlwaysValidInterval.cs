namespace Atlas.Learning.Evidence;

/// <summary>Intervals for arms that were not randomised, valid at every look (asymptotic confidence sequences).</summary>
public static class AlwaysValidInterval
{
    /// <summary>The information (1/squared error) at which the interval is narrowest, by default.</summary>
    public const double UsualInformation = 200;

    /// <summary>Fewest different tasks of both arms together for a verdict.</summary>
    public const int FewestTasks = 10;

    /// <summary>Fewest sessions of both arms together for a verdict.</summary>
    public const int FewestSessions = 100;

    /// <summary>Whether there is too little data to read the interval as a verdict.</summary>
    public static bool IsTooFew(long tasks, long sessions) => tasks < FewestTasks || sessions < FewestSessions;

    /// <summary>The bounds of a difference, not limited to ±1; see <see cref="Within"/>.</summary>
    /// <param name="difference">The difference of means.</param>
    /// <param name="standardError">Its standard error, robust to clusters of tasks; above 0. See <see cref="FlooredError"/>.</param>
    /// <param name="alpha">The probability that the difference ever lies outside, above 0 and below 0.6.</param>
    /// <param name="information">Where the interval is narrowest, above 0.</param>
    public static ConfidenceSequence Of(double difference, double standardError, double alpha = 0.05, double information = UsualInformation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(standardError);
        var rho = Mixture(information, alpha);
        var seen = 1 / (standardError * standardError);
        var reach = Math.Sqrt((seen + rho) * Math.Log((seen + rho) / (rho * alpha * alpha))) / seen;
        return new(difference - reach, difference + reach);
    }

    /// <summary>Clamps bounds to the range of a difference of rewards.</summary>
    public static ConfidenceSequence Within(ConfidenceSequence bounds) => new(Math.Clamp(bounds.Low, -1, 1), Math.Clamp(bounds.High, -1, 1));

    /// <summary>The mixture's variance ρ that makes the interval narrowest near some information.</summary>
    /// <param name="information">Above 0.</param>
    /// <param name="alpha">Above 0 and below 0.6, where ρ is defined.</param>
    public static double Mixture(double information, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(information);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alpha);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(alpha, 0.6);
        var twice = -2 * Math.Log(alpha);
        return information / (twice + Math.Log(twice) + 1);
    }

    /// <summary>A standard error that does not become too small for lack of data: an arm whose rewards are all equal has an unknown spread,
    /// not none. Null if there are too few tasks for a standard error.</summary>
    /// <param name="squaredError">The squared error, robust to clusters of tasks; at least 0.</param>
    /// <param name="tasks">Different tasks.</param>
    /// <param name="rewards">Sum of the rewards of both arms, each from 0 to 1.</param>
    /// <param name="treated">Sessions of one arm.</param>
    /// <param name="control">Sessions of the other.</param>
    public static double? FlooredError(double squaredError, long tasks, double rewards, long treated, long control)
    {
        if (tasks < 3 || treated < 1 || control < 1)
        {
            return null;
        }

        var mean = (rewards + 0.5) / (treated + control + 1);
        var floor = 0.5 * mean * (1 - mean) * ((1d / treated) + (1d / control));
        return Math.Sqrt(Math.Max(squaredError * tasks / (tasks - 2), floor));
    }
}
