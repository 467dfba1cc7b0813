using System.Collections.Immutable;
using System.Globalization;
using Atlas.Learning.Reports;
using Atlas.Reports.Documents;
using Atlas.Reports.Statistics;

namespace Atlas.Reports.Metrics;

/// <summary>Assigns rewarded sessions to the arms of the comparisons of a report.</summary>
internal sealed class Comparisons(ReportSettings settings, int? newestVersion, Arm? otherKey)
{
    /// <summary>The number of tasks that ran on both sides from which tasks are compared with themselves, unless turned off.</summary>
    private const int SharedTasks = 5;

    private readonly Arm _without = new();
    private readonly Arm _with = new();
    private readonly Arm _earlier = new();
    private readonly Arm _newest = new();
    private readonly Arm _before = new();
    private readonly Arm _after = new();
    private readonly Arm _control = otherKey ?? new();
    private readonly Arm _treatment = new();

    public void Add(SessionFacts facts)
    {
        if (facts.Score is not { } score)
        {
            return;
        }

        (facts.HadPlaybook ? _with : _without).Add(facts, score);
        if (newestVersion is { } version)
        {
            (facts.PlaybookVersion >= version ? _newest : _earlier).Add(facts, score);
        }

        if (settings.Since is { } since)
        {
            (facts.CreatedAt < since ? _before : _after).Add(facts, score);
        }

        if (settings.ControlLabel is not null)
        {
            AddToArm(facts, score);
        }
    }

    public ImmutableArray<RewardComparison> Build(RewardComparison windows, bool isRandomised = false)
    {
        var comparisons = ImmutableArray.CreateBuilder<RewardComparison>();
        if (settings.ControlLabel is { } control)
        {
            comparisons.Add(Compare("arm_vs_arm", control, _control, settings.TreatmentLabel, _treatment));
        }

        if (settings.Since is { } since)
        {
            var time = since.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            comparisons.Add(Compare("before_after", $"before {time}", _before, $"from {time}", _after));
        }

        // If sessions were drawn to run without a playbook, that answers the question, and sessions without a draw do not.
        if (!isRandomised)
        {
            comparisons.Add(Compare("with_vs_without_playbook", "without a playbook", _without, "with a playbook", _with));
        }

        if (newestVersion is { } version)
        {
            comparisons.Add(Compare(
                "newest_version_vs_before",
                "before it", _earlier, string.Create(CultureInfo.InvariantCulture, $"playbook version {version}"), _newest));
        }

        comparisons.Add(windows);
        return comparisons.ToImmutable();
    }

    private void AddToArm(SessionFacts facts, double score)
    {
        if (facts.FitsControl)
        {
            if (otherKey is null)
            {
                _control.Add(facts, score);
            }
        }
        else if (facts.FitsTreatment)
        {
            _treatment.Add(facts, score);
        }
    }

    private RewardComparison Compare(string kind, string controlLabel, Arm control, string treatmentLabel, Arm treatment) =>
        RewardComparison.Of(
            kind, controlLabel, control, treatmentLabel, treatment, settings.Confidence,
            settings.Paired || (!settings.Independent && control.Tasks.Keys.Count(treatment.Tasks.ContainsKey) >= SharedTasks));
}
