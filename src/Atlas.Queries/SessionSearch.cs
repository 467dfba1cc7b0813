using System.Collections.Immutable;

namespace Atlas.Queries;

/// <summary>What a search among many sessions found.</summary>
/// <param name="Sessions">Those that pass the filter, the newest first.</param>
/// <param name="End">The last session that was looked at, if older ones were not; null if nothing was left out.</param>
public sealed record SessionSearch(ImmutableArray<SessionSummary> Sessions, SearchEnd? End);

/// <summary>Where a search ended. With its number as <see cref="SessionFilter.BeforeId"/> it goes on.</summary>
/// <param name="Id">The session's number.</param>
/// <param name="BeganAt">When it began.</param>
public sealed record SearchEnd(long Id, DateTimeOffset BeganAt);
