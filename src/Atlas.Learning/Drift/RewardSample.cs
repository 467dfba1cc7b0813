using System.Text.Json;
using Atlas.Learning.Compatibility;
using Atlas.Learning.Json;
using Atlas.Learning.Sessions;

namespace Atlas.Learning.Drift;

/// <summary>The figures of one session's reward that drift is judged by.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Score">0 to 1; null if unknown.</param>
/// <param name="Uncertainty">Mean over the judges; null if unknown.</param>
/// <param name="BestUncertainty">Of the surest judge; null if unknown.</param>
public sealed record RewardSample(long SessionId, double? Score, double? Uncertainty, double? BestUncertainty)
{
    /// <summary>The sample of a finished session.</summary>
    public static RewardSample Of(SessionOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new RewardSample(outcome.SessionId, outcome.Score, outcome.UncertaintyMean, outcome.BestUncertainty);
    }

    /// <summary>Reads <c>reward_stats</c>, choosing per value: <c>score</c> before <c>score_mean</c>, <c>best_uncertainty</c>
    /// before <c>min_uncertainty</c>. What is no number counts as missing.</summary>
    public static RewardSample Read(long sessionId, JsonElement stats) => Read(sessionId, stats, ReferenceRules.None);

    internal static RewardSample Read(long sessionId, JsonElement stats, ReferenceRules rules)
    {
        var value = JsonRead.Unwrap(stats);
        if (rules.BaselinePrefersMean)
        {
            return new RewardSample(
                sessionId,
                JsonRead.Number(value, JsonRead.TryGet(value, "score_mean", out _) ? "score_mean" : "score"),
                JsonRead.Number(value, "uncertainty_mean"),
                JsonRead.Number(value, JsonRead.TryGet(value, "best_uncertainty", out _) ? "best_uncertainty" : "min_uncertainty"));
        }

        return new RewardSample(
            sessionId,
            JsonRead.Number(value, "score") ?? JsonRead.Number(value, "score_mean"),
            JsonRead.Number(value, "uncertainty_mean"),
            JsonRead.Number(value, "best_uncertainty") ?? JsonRead.Number(value, "min_uncertainty"));
    }
}
