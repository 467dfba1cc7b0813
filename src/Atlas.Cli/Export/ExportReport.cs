using System.Collections.Immutable;

namespace Atlas.Cli.Export;

/// <summary>The result of an export.</summary>
/// <param name="Output">The file.</param>
/// <param name="Format"><c>jsonl</c> or <c>parquet</c>.</param>
/// <param name="Sessions">The number of sessions in it.</param>
/// <param name="Steps">The number of their steps.</param>
/// <param name="Bytes">The size of the file; null if the output is a pipe.</param>
/// <param name="ReviewStatuses">The exported review statuses; empty for all.</param>
/// <param name="Missing">Sessions that were requested by number but are not in it.</param>
internal sealed record ExportReport(
    string Output, string Format, long Sessions, long Steps, long? Bytes, ImmutableArray<string> ReviewStatuses, ImmutableArray<long> Missing);
