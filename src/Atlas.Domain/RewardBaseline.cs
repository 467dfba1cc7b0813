using System.Collections.Immutable;

namespace Atlas.Domain;

/// <summary>The rewards of a learning key: the newest one by one, all of them in figures.</summary>
/// <param name="Sessions">The newest, oldest first.</param>
/// <param name="TotalCount">How many sessions were counted, with and without a score.</param>
/// <param name="ScoreCount">How many had a score.</param>
/// <param name="ScoreSum">The sum of their scores.</param>
[GenerateSerializer, Immutable, Alias("atlas.reward-baseline")]
public sealed record RewardBaseline(
    [property: Id(0)] ImmutableArray<RewardSample> Sessions,
    [property: Id(1)] long TotalCount,
    [property: Id(2)] long ScoreCount,
    [property: Id(3)] double ScoreSum)
{
    /// <summary>Of a key that has none, or of a session without a key.</summary>
    public static RewardBaseline None { get; } = new([], 0, 0, 0);
}
