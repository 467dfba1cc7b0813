using System.Text.Json.Nodes;
using Atlas.Domain;
using Atlas.Learning.Rewards;

namespace Atlas.Models.Judges;

/// <summary>The result of judging a session.</summary>
public sealed record Judgement
{
    /// <summary>Gets the reward as it is stored (<c>sessions.reward</c> and <c>sessions.reward_stats</c>); null if the session could not be
    /// judged, which is not the same as a reward of 0.</summary>
    public RewardRecords? Reward { get; init; }

    /// <summary>Gets one entry per call of a judge, in the form of <c>sessions.reward_audit</c>. Without a reward, the last entry is
    /// <c>{stage: "outcome", reward_absent: true, reason}</c>.</summary>
    public JsonArray Audit { get; init; } = [];

    /// <summary>Gets a sentence that says why there is no reward; null if there is one.</summary>
    public string? Problem { get; init; }

    /// <summary>Gets what judging cost.</summary>
    public TokenUsage Usage { get; init; } = TokenUsage.None;

    /// <summary>Gets the score of the reward, from 0 to 1; null if there is none.</summary>
    public double? Score => (double?)Reward?.Reward["score"];

    /// <summary>Creates the result for a session that could not be judged.</summary>
    /// <param name="problem">A sentence that says why.</param>
    /// <param name="audit">The calls that were made.</param>
    /// <param name="usage">What they cost.</param>
    public static Judgement None(string problem, JsonArray? audit = null, TokenUsage? usage = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(problem);
        audit ??= [];
        audit.Add(new JsonObject { ["stage"] = "outcome", ["reward_absent"] = true, ["reason"] = problem });
        return new Judgement { Audit = audit, Problem = problem, Usage = usage ?? TokenUsage.None };
    }
}
