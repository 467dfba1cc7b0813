using Atlas.Learning.Reports;
using Atlas.Reports.Statistics;

namespace Atlas.Reports;

/// <summary>The sessions of another key, to compare a key with.</summary>
public sealed class ControlArm
{
    internal Arm Arm { get; } = new();

    /// <summary>Adds one of its sessions; one without a reward changes nothing.</summary>
    public void Add(SessionFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.Score is { } score)
        {
            Arm.Add(facts, score);
        }
    }
}
