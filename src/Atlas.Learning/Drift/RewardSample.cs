using System.Text.Json;
using Atlas.Learning.Json;

namespace Atlas.Learning.Drift;

/// <summary>The figures of one session's reward that drift is judged by.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Score">0 to 1; null if unknown.</param>
/// <param name="Uncertainty">Mean over the judges; null if unknown.</param>
/// <param name="BestUncertainty">Of the surest judge; null if unknown.</param>
public sealed record RewardSample(long SessionId, double? Score, double? Uncertainty, double? BestUncertainty)
{
    /// <summary>Reads <c>reward_stats</c>, choosing per value: <c>score</c> before <c>score_mean</c>, <c>best_uncertainty</c>
    /// before <c>min_uncertainty</c>. What is no number counts as missing.</summary>
    public static RewardSample Read(long sessionId, JsonElement stats)
    {
        var value = JsonRead.Unwrap(stats);
        return new RewardSample(
            sessionId,
            JsonRead.Number(value, "score") ?? JsonRead.Number(value, "score_mean"),
            JsonRead.Number(value, "uncertainty_mean"),
            JsonRead.Number(value, "best_uncertainty") ?? JsonRead.Number(value, "min_uncertainty"));
    }
}
