using System.Globalization;

namespace Atlas.Reports.Statistics;

/// <summary>Two groups of sessions, how far their rewards lie apart, and what that says.</summary>
public sealed record RewardComparison
{
    /// <summary>Fewest units (tasks where tasks repeat, else sessions) of each arm for a verdict.</summary>
    public const int FewestUnits = 5;

    /// <summary>What is compared: <c>recent_vs_baseline</c>, <c>with_vs_without_playbook</c>, <c>newest_version_vs_before</c>,
    /// <c>before_after</c> or <c>arm_vs_arm</c>.</summary>
    public required string Kind { get; init; }

    public required ArmFigures Control { get; init; }

    public required ArmFigures Treatment { get; init; }

    /// <summary>Mean reward of the treatment less that of the control; null if either has none.</summary>
    public double? Difference { get; init; }

    public Interval? Interval { get; init; }

    public Verdict Verdict { get; init; }

    /// <summary>The verdict with its grounds, in one sentence.</summary>
    public required string Reason { get; init; }

    internal static RewardComparison Of(
        string kind, string controlLabel, Arm control, string treatmentLabel, Arm treatment, double confidence, bool paired)
    {
        var interval = DifferenceInterval.Of(control, treatment, confidence, paired);
        var (byTask, controlUnits, treatmentUnits) = DifferenceInterval.Units(control, treatment);
        var fewest = Math.Min(controlUnits, treatmentUnits);
        var verdict = fewest < FewestUnits || interval is null ? Verdict.NotEnoughEvidence
            : interval.Low > 0 ? Verdict.Helps
            : interval.High < 0 ? Verdict.Hurts
            : Verdict.NotEnoughEvidence;
        double? difference = control.Moments.Count > 0 && treatment.Moments.Count > 0 ? treatment.Moments.Mean - control.Moments.Mean : null;
        return new RewardComparison
        {
            Kind = kind,
            Control = ArmFigures.Of(controlLabel, control),
            Treatment = ArmFigures.Of(treatmentLabel, treatment),
            Difference = difference,
            Interval = interval,
            Verdict = verdict,
            Reason = Grounds(verdict, difference, interval, fewest, byTask ? "tasks" : "rewarded sessions"),
        };
    }

    private static string Grounds(Verdict verdict, double? difference, Interval? interval, long fewest, string units)
    {
        if (fewest < FewestUnits)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{verdict.Words}: one side has {fewest} {units}, and {FewestUnits} are needed");
        }

        if (interval is null || difference is not { } apart)
        {
            return $"{verdict.Words}: the numbers allow no interval";
        }

        var range = string.Create(
            CultureInfo.InvariantCulture,
            $"the mean reward differs by {apart:+0.000;-0.000;0.000}, {interval.Confidence * 100:0.#}% interval {interval.Low:+0.000;-0.000;0.000} to {interval.High:+0.000;-0.000;0.000}");
        return verdict is Verdict.NotEnoughEvidence ? $"{verdict.Words}: {range}, which includes 0" : $"{verdict.Words}: {range}";
    }
}
