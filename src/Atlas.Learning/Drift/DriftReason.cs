namespace Atlas.Learning.Drift;

/// <summary>Why a reward is an alert, or cannot be one.</summary>
public static class DriftReason
{
    public const string ScoreZ = "score_z";

    public const string ScoreMadZ = "score_mad_z";

    /// <summary>The history was constant, and the score differs from it by more than the floor.</summary>
    public const string ScoreDelta = "score_delta";

    public const string UncertaintyZ = "uncertainty_z";

    public const string UncertaintyMadZ = "uncertainty_mad_z";

    /// <summary>There are too few sessions for an assessment.</summary>
    public const string InsufficientBaseline = "insufficient_baseline";
}
