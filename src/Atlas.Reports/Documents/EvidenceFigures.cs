using System.Collections.Immutable;
using Atlas.Reports.Statistics;

namespace Atlas.Reports.Documents;

/// <summary>The comparisons of a report with their verdicts.</summary>
/// <param name="Confidence">Of every interval of the report, 0 to 1.</param>
/// <param name="Comparisons">In the order in which they are to be read.</param>
/// <param name="RecordedSessions">Sessions that were recorded elsewhere: what came of them was fixed before any playbook of this
/// key, so no difference among them is the playbook's work.</param>
public sealed record EvidenceFigures(double Confidence, ImmutableArray<RewardComparison> Comparisons, long RecordedSessions = 0)
{
    /// <summary>What would answer whether the playbook helps, as a sentence; null where a comparison of arms answers it.</summary>
    public string? Advice { get; init; }
}
