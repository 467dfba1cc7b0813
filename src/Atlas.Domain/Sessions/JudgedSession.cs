using System.Text.Json;

namespace Atlas.Domain.Sessions;

/// <summary>The result of judging a session.</summary>
/// <param name="Judge">Who judged.</param>
/// <param name="Reward">The value of <c>sessions.reward</c>, an object; null if judging was given up.</param>
/// <param name="Stats">The value of <c>sessions.reward_stats</c>, an object; null if judging was given up.</param>
/// <param name="Audit">The value of <c>sessions.reward_audit</c>.</param>
/// <param name="Problem">Why there is no reward; null if there is one.</param>
/// <param name="Cost">What judging cost.</param>
[GenerateSerializer, Immutable, Alias("atlas.judged-session")]
public sealed record JudgedSession(
    [property: Id(0)] string Judge,
    [property: Id(1)] JsonElement? Reward,
    [property: Id(2)] JsonElement? Stats,
    [property: Id(3)] JsonElement Audit,
    [property: Id(4)] string? Problem,
    [property: Id(5)] TokenUsage Cost);
