using System.Collections.Immutable;

namespace Atlas.Cli.Export;

/// <summary>What an export wrote.</summary>
/// <param name="Output">The file.</param>
/// <param name="Format"><c>jsonl</c> or <c>parquet</c>.</param>
/// <param name="Sessions">Sessions in it.</param>
/// <param name="Steps">Steps of them.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ReviewStatuses">Which were taken; empty for all.</param>
/// <param name="Missing">Sessions that were asked for by number and are not in it.</param>
internal sealed record ExportReport(
    string Output, string Format, long Sessions, long Steps, long Bytes, ImmutableArray<string> ReviewStatuses, ImmutableArray<long> Missing);
