using System.Collections.Immutable;
using Atlas.Reports.Documents;
using Atlas.Reports.Files;

namespace Atlas.Cli.Reports;

/// <summary>The result of a report run.</summary>
/// <param name="Directory">The folder of the files.</param>
/// <param name="Index">The contents of <c>index.json</c>.</param>
/// <param name="Reports">The reports, in the order of the keys.</param>
internal sealed record ReportOutcome(string Directory, ReportIndex Index, ImmutableArray<LearningReport> Reports);
