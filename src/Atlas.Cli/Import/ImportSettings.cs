using Atlas.Domain;

namespace Atlas.Cli.Import;

/// <summary>The settings of an import.</summary>
/// <param name="LearningKey">The key that the runs teach.</param>
/// <param name="Concurrency">The number of sessions that are written concurrently.</param>
/// <param name="Limit">The maximum number of records; null for all.</param>
/// <param name="Review">The review that goes with every session; null leaves it to the configuration.</param>
internal sealed record ImportSettings(string LearningKey, int Concurrency, int? Limit, ReviewDecision? Review);
