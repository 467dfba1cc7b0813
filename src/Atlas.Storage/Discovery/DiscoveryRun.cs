using System.Text.Json;

namespace Atlas.Storage.Discovery;

/// <summary>A row of <c>discovery_runs</c>.</summary>
/// <param name="Id">Its number.</param>
/// <param name="ProjectRoot">The project's folder.</param>
/// <param name="Task">The sample task; null if none was given.</param>
/// <param name="Source"><c>discovery</c> or <c>runtime</c>.</param>
/// <param name="Fingerprint">SHA-256 over the project's modules; null if the run did not report it.</param>
/// <param name="Payload">The results of the run.</param>
/// <param name="Metadata">For a discovery, the content of <c>discover.json</c>; null if nothing was stored.</param>
/// <param name="CreatedAt">The time.</param>
public sealed record DiscoveryRun(
    long Id, string ProjectRoot, string? Task, string Source, string? Fingerprint, JsonElement? Payload, JsonElement? Metadata, DateTimeOffset CreatedAt);
