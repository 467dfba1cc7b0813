using System.Collections.Immutable;
using Atlas.Reports.Statistics;

namespace Atlas.Reports.Documents;

/// <summary>The comparisons of a report with their verdicts.</summary>
/// <param name="Confidence">Of every interval of the report, 0 to 1.</param>
/// <param name="Comparisons">In the order in which they are to be read.</param>
public sealed record EvidenceFigures(double Confidence, ImmutableArray<RewardComparison> Comparisons);
