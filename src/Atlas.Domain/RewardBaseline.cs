using System.Collections.Immutable;

namespace Atlas.Domain;

/// <summary>The rewards of a learning key: the newest ones individually, and totals over all.</summary>
/// <param name="Sessions">The newest rewards, oldest first.</param>
/// <param name="TotalCount">The number of counted sessions, with or without a score.</param>
/// <param name="ScoreCount">The number of sessions with a score.</param>
/// <param name="ScoreSum">The sum of the scores.</param>
[GenerateSerializer, Immutable, Alias("atlas.reward-baseline")]
public sealed record RewardBaseline(
    [property: Id(0)] ImmutableArray<RewardSample> Sessions,
    [property: Id(1)] long TotalCount,
    [property: Id(2)] long ScoreCount,
    [property: Id(3)] double ScoreSum)
{
    /// <summary>Gets the baseline of a key without rewards, or of a session without a key.</summary>
    public static RewardBaseline None { get; } = new([], 0, 0, 0);
}
