using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Compatibility;

namespace Atlas.Learning.Drift;

/// <summary>Reads the sample of a session from its stored reward.</summary>
public static class RewardSampleReading
{
    extension(RewardSample)
    {
        /// <summary>Reads <c>reward_stats</c>, preferring <c>score</c> to <c>score_mean</c> and <c>best_uncertainty</c> to
        /// <c>min_uncertainty</c>. A value that is not a number counts as missing.</summary>
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
}
