namespace Atlas.Domain;

/// <summary>The figures of one session's reward that drift is judged by.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Score">0 to 1; null if unknown.</param>
/// <param name="Uncertainty">Mean over the judges, 0 to 1; null if unknown.</param>
/// <param name="BestUncertainty">Of the surest judge, 0 to 1; null if unknown.</param>
[GenerateSerializer, Immutable, Alias("atlas.reward-sample")]
public sealed record RewardSample(
    [property: Id(0)] long SessionId,
    [property: Id(1)] double? Score,
    [property: Id(2)] double? Uncertainty,
    [property: Id(3)] double? BestUncertainty)
{
    /// <summary>The sample of a finished session.</summary>
    public static RewardSample Of(SessionOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new RewardSample(outcome.SessionId, outcome.Score, outcome.UncertaintyMean, outcome.BestUncertainty);
    }
}
