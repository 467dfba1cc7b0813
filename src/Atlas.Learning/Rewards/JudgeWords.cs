using System.Globalization;

namespace Atlas.Learning.Rewards;

/// <summary>Describes in plain words what a panel shows about the judge.</summary>
public static class JudgeWords
{
    /// <summary>Says whether the judge agrees with outcomes; null if there are none.</summary>
    public static string? OfAgreement(JudgeFigures figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return figures.Agreement is not { } agreement ? null
            : $"The judge and the outcome are on the same side in {Percent(agreement.SameSide)} of {Sessions(agreement.Sessions)}"
            + (agreement.Ordered is { } ordered ? $" and order {Percent(ordered)} of the pairs alike (50 % is chance)" : "")
            + $"; the judge scores {Points(Math.Abs(agreement.Difference))} {(agreement.Difference < 0 ? "lower" : "higher")}{Between(agreement.Low, agreement.High)}.";
    }

    /// <summary>Says whether the judge has changed; null if it was asked about no session twice.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="trend">How much the rewards of a key have changed meanwhile; null if unknown or not given by a judge.</param>
    public static string? OfDrift(JudgeFigures figures, double? trend = null)
    {
        ArgumentNullException.ThrowIfNull(figures);
        if (figures.Drift is not { } drift)
        {
            return null;
        }

        var since = drift.Since.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (drift.Low is null)
        {
            return $"It cannot be said yet whether the judge has changed since {since}: it was asked twice about {Sessions(drift.Sessions)}, and {JudgeFigures.Fewest} are needed.";
        }

        var moved = drift.IsSure
            ? $"The judge has become {(drift.Change < 0 ? "stricter" : "more lenient")} by {Points(Math.Abs(drift.Change))} since {since}{Between(drift.Low, drift.High)}, over the same {Sessions(drift.Sessions)}."
            : $"The judge shows no clear change: over the same {Sessions(drift.Sessions)} its scores have changed by {Points(drift.Change)} since {since}{Between(drift.Low, drift.High)}.";

        // The judge was asked again over another time than the rewards are compared over, so one is not subtracted from the other.
        return trend is not { } change ? moved
            : drift.IsSure ? $"{moved} The rewards that it gave here have changed by {Points(change)}, over other times: how much of that is the judge cannot be said."
            : Math.Max(Math.Abs(drift.Low.Value), Math.Abs(drift.High ?? double.PositiveInfinity)) < Math.Abs(change)
            ? $"{moved} The rewards that it gave here have changed by {Points(change)}, which is more than that: the agent or its tasks have changed."
            : $"{moved} The rewards that it gave here have changed by {Points(change)}: how much of that is the judge cannot be said.";
    }

    private static string Sessions(int count) => count == 1 ? "1 session" : string.Create(CultureInfo.InvariantCulture, $"{count} sessions");

    private static string Between(double? low, double? high) => low is null || high is null ? "" : $" (between {Points(low.Value)} and {Points(high.Value)})";

    private static string Points(double value) => string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.#} points");

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}
