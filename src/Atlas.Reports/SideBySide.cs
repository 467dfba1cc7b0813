using Atlas.Learning.Reports;
using Atlas.Reports.Statistics;

namespace Atlas.Reports;

/// <summary>Compares two groups of sessions, in memory that does not grow with their number.</summary>
/// <param name="controlLabel">The name of the control group.</param>
/// <param name="treatmentLabel">The name of the treatment group.</param>
public sealed class SideBySide(string controlLabel, string treatmentLabel)
{
    private readonly Arm _control = new();
    private readonly Arm _treatment = new();

    /// <summary>Adds a session of one of the groups; one without a reward changes nothing.</summary>
    /// <param name="facts">The session.</param>
    /// <param name="isTreatment">Whether it belongs to the treatment group.</param>
    public void Add(SessionFacts facts, bool isTreatment)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.Score is { } score)
        {
            (isTreatment ? _treatment : _control).Add(facts, score);
        }
    }

    /// <summary>Returns the comparison.</summary>
    /// <param name="confidence">The confidence of the interval, 0 to 1.</param>
    /// <param name="paired">Whether each task is compared with itself.</param>
    public RewardComparison Compare(double confidence = 0.95, bool paired = false) =>
        RewardComparison.Of("arm_vs_arm", controlLabel, _control, treatmentLabel, _treatment, confidence, paired);
}
