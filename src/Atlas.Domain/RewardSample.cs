namespace Atlas.Domain;

/// <summary>The reward figures of a session from which drift is computed.</summary>
/// <param name="SessionId">The session's number.</param>
/// <param name="Score">The score, from 0 to 1; null if unknown.</param>
/// <param name="Uncertainty">The mean uncertainty of the judges, from 0 to 1; null if unknown.</param>
/// <param name="BestUncertainty">The uncertainty of the surest judge, from 0 to 1; null if unknown.</param>
[GenerateSerializer, Immutable, Alias("atlas.reward-sample")]
public sealed record RewardSample(
    [property: Id(0)] long SessionId,
    [property: Id(1)] double? Score,
    [property: Id(2)] double? Uncertainty,
    [property: Id(3)] double? BestUncertainty)
{
    /// <summary>Creates the sample of a finished session.</summary>
    public static RewardSample Of(SessionOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new RewardSample(outcome.SessionId, outcome.Score, outcome.UncertaintyMean, outcome.BestUncertainty);
    }
}
