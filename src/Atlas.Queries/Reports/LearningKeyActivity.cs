namespace Atlas.Queries.Reports;

/// <summary>The amount of activity of a learning key.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="SessionCount">Number of sessions that pass the filter.</param>
/// <param name="FirstSeen">When the first of them began.</param>
/// <param name="LastSeen">When the last of them began.</param>
public sealed record LearningKeyActivity(string LearningKey, long SessionCount, DateTimeOffset FirstSeen, DateTimeOffset LastSeen);
