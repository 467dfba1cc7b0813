using System.Collections.Immutable;
using Atlas.Reports.Documents;
using Atlas.Reports.Files;

namespace Atlas.Cli.Reports;

/// <summary>What a run of reports made.</summary>
/// <param name="Directory">Where the files are.</param>
/// <param name="Index">What <c>index.json</c> holds.</param>
/// <param name="Reports">In the order of the keys.</param>
internal sealed record ReportOutcome(string Directory, ReportIndex Index, ImmutableArray<LearningReport> Reports);
