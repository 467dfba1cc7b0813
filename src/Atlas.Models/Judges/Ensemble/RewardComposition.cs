using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Learning.Drift;
using Atlas.Learning.Rewards;
using Atlas.Models.Judges.Compatibility;

namespace Atlas.Models.Judges.Ensemble;

/// <summary>Computes the stored reward from the samples. Pure.</summary>
internal static class RewardComposition
{
    /// <summary>The judge's name in the records.</summary>
    public const string Identifier = "session_reward";

    private const string EscalationReason = "tier1_variance_or_uncertainty";
    private const string UnreadableReason = "tier1_unreadable";

    /// <summary>Determines whether the arbiter must be asked. A single sample has nothing to differ from.</summary>
    public static bool NeedsArbiter(ImmutableArray<JudgeSample> samples, JudgeEnsembleOptions options) =>
        samples.Length >= 2
        && (Spread(samples, sample => sample.Score).StandardDeviation > options.VarianceThreshold
            || samples.Max(sample => sample.Uncertainty) > options.UncertaintyThreshold);

    /// <summary>Returns the records of the reward, without a time; null if nobody judged.</summary>
    /// <param name="tier1">The usable samples of the small model, in the order of their temperatures.</param>
    /// <param name="arbiter">The arbiter's sample, which replaces the others; null if it was not asked or did not answer.</param>
    /// <param name="request">The session.</param>
    /// <param name="focusPrompt">The focus given to the judges.</param>
    /// <param name="rules">The rules to apply.</param>
    public static RewardRecords? Compose(
        ImmutableArray<JudgeSample> tier1, JudgeSample? arbiter, JudgeRequest request, string? focusPrompt, ReferenceJudging rules)
    {
        ImmutableArray<JudgeSample> samples = arbiter is null ? tier1 : [arbiter];
        if (samples.IsEmpty)
        {
            if (!rules.OutageIsZero)
            {
                return null;
            }

            samples = [new JudgeSample(0, 1, "No valid judgement was produced.", [])];
        }

        var scores = Spread(samples, sample => sample.Score);
        var score = scores.Mean!.Value;
        var stats = Stats(score, scores, samples);
        if (arbiter is not null && !tier1.IsEmpty && !rules.FirstTierForgotten)
        {
            stats["tier1_score_stddev"] = Spread(tier1, sample => sample.Score).StandardDeviation;
            stats["tier1_max_uncertainty"] = tier1.Max(sample => sample.Uncertainty);
        }

        return new RewardRecords(Reward(score, samples, arbiter is null ? null : tier1.IsEmpty ? UnreadableReason : EscalationReason, request, focusPrompt), stats);
    }

    private static JsonObject Stats(double score, SeriesSummary scores, ImmutableArray<JudgeSample> samples)
    {
        var uncertainties = Spread(samples, sample => sample.Uncertainty);
        return new JsonObject
        {
            ["score"] = score,
            ["score_mean"] = score,
            ["score_stddev"] = scores.StandardDeviation,
            ["sample_count"] = samples.Length,
            ["uncertainty_mean"] = uncertainties.Mean,
            ["uncertainty_stddev"] = uncertainties.StandardDeviation,
            ["best_uncertainty"] = samples.Min(sample => sample.Uncertainty),
        };
    }

    private static JsonObject Reward(
        double score, ImmutableArray<JudgeSample> samples, string? escalation, JudgeRequest request, string? focusPrompt)
    {
        var surest = samples.MinBy(sample => sample.Uncertainty)!;
        return new JsonObject
        {
            ["score"] = score,
            ["rationale"] = null,
            ["judges"] = new JsonArray(new JsonObject
            {
                ["identifier"] = Identifier,
                ["score"] = score,
                ["rationale"] = surest.Rationale,
                ["principles"] = Principles(surest),
                ["samples"] = new JsonArray([.. samples.Select(Sample)]),
                ["escalated"] = escalation is not null,
                ["escalation_reason"] = escalation,
            }),
            ["raw"] = new JsonObject
            {
                ["score"] = score,
                ["samples"] = new JsonArray(
                    [.. samples.Select(sample => new JsonObject { ["score"] = sample.Score, ["uncertainty"] = sample.Uncertainty })]),
                ["execution_mode"] = request.ExecutionMode,
                ["teacher_intervened"] = request.TeacherIntervened,
                ["focus_prompt"] = focusPrompt,
            },
        };
    }

    private static JsonNode Sample(JudgeSample sample) => new JsonObject
    {
        ["score"] = sample.Score,
        ["rationale"] = sample.Rationale,
        ["principles"] = Principles(sample),
        ["uncertainty"] = sample.Uncertainty,
        ["temperature"] = null,
    };

    private static JsonNode Principles(JudgeSample sample) =>
        JsonSerializer.SerializeToNode(sample.Principles.AsEnumerable(), AtlasJson.Options)!;

    private static SeriesSummary Spread(ImmutableArray<JudgeSample> samples, Func<JudgeSample, double> value) =>
        SeriesSummary.Of([.. samples.Select(value)]);
}
