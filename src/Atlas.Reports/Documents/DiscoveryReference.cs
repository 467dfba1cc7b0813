namespace Atlas.Reports.Documents;

/// <summary>A discovery run of the project from which sessions of the key came.</summary>
/// <param name="RunId">Its number.</param>
/// <param name="Task">The task it tried; null for none.</param>
/// <param name="Source"><c>discovery</c> or <c>runtime</c>.</param>
/// <param name="CreatedAt">When it was stored.</param>
public sealed record DiscoveryReference(long RunId, string? Task, string Source, DateTimeOffset CreatedAt);
