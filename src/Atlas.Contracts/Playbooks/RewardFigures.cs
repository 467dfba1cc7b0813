namespace Atlas.Contracts.Playbooks;

/// <summary>The figures of one session's reward.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Score">0 to 1; null if unknown.</param>
/// <param name="Uncertainty">Mean over the judges, 0 to 1; null if unknown.</param>
/// <param name="BestUncertainty">Of the surest judge, 0 to 1; null if unknown.</param>
[GenerateSerializer, Immutable, Alias("atlas.reward-figures")]
public sealed record RewardFigures(
    [property: Id(0)] long SessionId,
    [property: Id(1)] double? Score,
    [property: Id(2)] double? Uncertainty,
    [property: Id(3)] double? BestUncertainty);
