namespace Atlas.Storage.Judging;

/// <summary>A session that this silo is to judge now.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Attempt">The number of the attempt, from 1.</param>
public sealed record ClaimedJudging(long SessionId, int Attempt);
