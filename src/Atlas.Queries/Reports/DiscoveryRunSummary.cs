namespace Atlas.Queries.Reports;

/// <summary>A discovery run, without its results.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Task">The task it tried; null for none.</param>
/// <param name="Source"><c>discovery</c> or <c>runtime</c>.</param>
/// <param name="CreatedAt">When it was stored.</param>
public sealed record DiscoveryRunSummary(long Id, string? Task, string Source, DateTimeOffset CreatedAt);
