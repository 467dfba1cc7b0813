using System.Globalization;
using System.Text.Json.Nodes;

namespace Atlas.Learning.Rewards;

/// <summary>The JSON of a session's reward, as stored and as in training data.</summary>
/// <param name="Reward">The reward, in the form of <c>sessions.reward</c>.</param>
/// <param name="Stats">The statistics, in the form of <c>sessions.reward_stats</c>.</param>
public sealed record RewardRecords(JsonObject Reward, JsonObject Stats)
{
    /// <summary>Creates the records of a reward that one judge gave with one answer.</summary>
    /// <param name="score">0 to 1.</param>
    /// <param name="uncertainty">0 to 1; null if unknown.</param>
    /// <param name="judge">The judge.</param>
    /// <param name="rationale">The reason; null counts as empty.</param>
    /// <param name="at">The time.</param>
    public static RewardRecords Single(double score, double? uncertainty, string judge, string? rationale, DateTimeOffset at) => new(
        new JsonObject
        {
            ["score"] = score,
            ["rationale"] = null,
            ["judges"] = new JsonArray(Judge(score, uncertainty, judge, rationale ?? "")),
            ["raw"] = new JsonObject
            {
                ["score"] = score,
                ["samples"] = new JsonArray(new JsonObject { ["score"] = score, ["uncertainty"] = uncertainty }),
            },
        },
        new JsonObject
        {
            ["score"] = score,
            ["score_mean"] = score,
            ["score_stddev"] = 0.0,
            ["sample_count"] = 1,
            ["uncertainty_mean"] = uncertainty,
            ["uncertainty_stddev"] = uncertainty is null ? null : 0.0,
            ["best_uncertainty"] = uncertainty,
            ["timestamp"] = at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff+00:00", CultureInfo.InvariantCulture),
        });

    private static JsonObject Judge(double score, double? uncertainty, string judge, string rationale) => new()
    {
        ["identifier"] = judge,
        ["score"] = score,
        ["rationale"] = rationale,
        ["principles"] = new JsonArray(),
        ["samples"] = new JsonArray(new JsonObject
        {
            ["score"] = score,
            ["rationale"] = rationale,
            ["principles"] = new JsonArray(),
            ["uncertainty"] = uncertainty,
            ["temperature"] = null,
        }),
        ["escalated"] = false,
        ["escalation_reason"] = null,
    };
}
