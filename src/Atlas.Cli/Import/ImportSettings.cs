using Atlas.Domain;

namespace Atlas.Cli.Import;

/// <summary>How recorded runs are brought in.</summary>
/// <param name="LearningKey">The key they teach.</param>
/// <param name="Concurrency">How many sessions are written at the same time.</param>
/// <param name="Limit">At most so many records of the source; null for all.</param>
/// <param name="Review">The review that goes with every session; null leaves it to the configuration.</param>
internal sealed record ImportSettings(string LearningKey, int Concurrency, int? Limit, ReviewDecision? Review);
