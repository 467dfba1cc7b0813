using System.Collections.Immutable;
using Atlas.Reports.Statistics;

namespace Atlas.Reports.Documents;

/// <summary>The comparisons of a report with their verdicts.</summary>
/// <param name="Confidence">The confidence of every interval of the report, 0 to 1.</param>
/// <param name="Comparisons">The comparisons, in reading order.</param>
/// <param name="RecordedSessions">Number of sessions that were recorded elsewhere: their results were fixed before any playbook of this
/// key, so the playbook causes no difference among them.</param>
public sealed record EvidenceFigures(double Confidence, ImmutableArray<RewardComparison> Comparisons, long RecordedSessions = 0)
{
    /// <summary>A sentence that says what would answer whether the playbook helps; null if a comparison of arms answers it.</summary>
    public string? Advice { get; init; }
}
