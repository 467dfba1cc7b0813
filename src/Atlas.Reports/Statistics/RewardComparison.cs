using System.Globalization;

namespace Atlas.Reports.Statistics;

/// <summary>Two groups of sessions, the difference of their rewards, and the verdict.</summary>
public sealed record RewardComparison
{
    /// <summary>What is compared: <c>recent_vs_baseline</c>, <c>with_vs_without_playbook</c>, <c>newest_version_vs_before</c>,
    /// <c>before_after</c> or <c>arm_vs_arm</c>.</summary>
    public required string Kind { get; init; }

    public required ArmFigures Control { get; init; }

    public required ArmFigures Treatment { get; init; }

    /// <summary>Mean reward of the treatment minus that of the control; null if either has none.</summary>
    public double? Difference { get; init; }

    public Interval? Interval { get; init; }

    public Verdict Verdict { get; init; }

    /// <summary>The verdict and its reason, in one sentence.</summary>
    public required string Reason { get; init; }

    internal static RewardComparison Of(
        string kind, string controlLabel, Arm control, string treatmentLabel, Arm treatment, double confidence, bool paired)
    {
        var isTrend = kind is "recent_vs_baseline" or "newest_version_vs_before";
        var interval = (isTrend ? null : DifferenceInterval.AlwaysValid(control, treatment, confidence, paired)) ?? DifferenceInterval.Of(control, treatment, confidence, paired);
        double? difference = control.Moments.Count > 0 && treatment.Moments.Count > 0 ? treatment.Moments.Mean - control.Moments.Mean : null;
        var sample = SampleSize.Of(control, treatment, confidence);
        var verdict = isTrend ? Verdict.Trend
            : !sample.IsEnough || interval is null ? Verdict.NotEnoughEvidence
            : interval.Low > 0 ? Verdict.Helps
            : interval.High < 0 ? Verdict.Hurts
            : Verdict.NotEnoughEvidence;
        return new RewardComparison
        {
            Kind = kind,
            Control = ArmFigures.Of(controlLabel, control),
            Treatment = ArmFigures.Of(treatmentLabel, treatment),
            Difference = difference,
            Interval = interval,
            Verdict = verdict,
            Reason = $"{verdict.Words}: {Grounds(verdict, difference, interval, sample)}",
        };
    }

    private static string Grounds(Verdict verdict, double? difference, Interval? interval, SampleSize sample)
    {
        if (difference is not { } apart)
        {
            return verdict is Verdict.Trend ? "one side has no rewarded session" : $"one side has no rewarded session; {sample.Missing}";
        }

        var range = interval is null
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $", {interval.Confidence * 100:0.#}% interval {interval.Low:+0.000;-0.000;0.000} to {interval.High:+0.000;-0.000;0.000}{(interval.Method.StartsWith("always", StringComparison.Ordinal) ? ", at every look" : "")}{(interval.Method.Contains("paired", StringComparison.Ordinal) ? ", each task held against itself" : "")}");
        var moved = verdict is Verdict.Trend
            ? string.Create(CultureInfo.InvariantCulture, $"the mean reward {(apart > 0 ? "rose" : apart < 0 ? "fell" : "changed")} by {Math.Abs(apart):0.000}{range}")
            : string.Create(CultureInfo.InvariantCulture, $"the mean reward differs by {apart:+0.000;-0.000;0.000}{range}");
        return verdict is Verdict.NotEnoughEvidence
            ? $"{moved}{(interval is { Low: <= 0, High: >= 0 } ? ", which includes 0" : "")}; {sample.Missing}"
            : moved;
    }
}
