using Atlas.Learning.Reports;
using Atlas.Reports.Statistics;

namespace Atlas.Reports;

/// <summary>Holds two groups of sessions against each other, in memory that does not grow with their number.</summary>
/// <param name="controlLabel">What is measured against.</param>
/// <param name="treatmentLabel">What is measured.</param>
public sealed class SideBySide(string controlLabel, string treatmentLabel)
{
    private readonly Arm _control = new();
    private readonly Arm _treatment = new();

    /// <summary>Takes in a session of one of the groups; one without a reward changes nothing.</summary>
    /// <param name="facts">The session.</param>
    /// <param name="isTreatment">Whether it is of the group that is measured.</param>
    public void Add(SessionFacts facts, bool isTreatment)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.Score is { } score)
        {
            (isTreatment ? _treatment : _control).Add(facts, score);
        }
    }

    /// <summary>The comparison.</summary>
    /// <param name="confidence">How sure the interval is, 0 to 1.</param>
    /// <param name="paired">Whether each task is held against itself.</param>
    public RewardComparison Compare(double confidence = 0.95, bool paired = false) =>
        RewardComparison.Of("arm_vs_arm", controlLabel, _control, treatmentLabel, _treatment, confidence, paired);
}
