using Atlas.Models.Judges;
using Atlas.Storage.Judging;

namespace Atlas.Grains.Judging;

/// <summary>What came of judging a session, on its way to the grain that owns it.</summary>
/// <param name="Judge">Who judged.</param>
/// <param name="RewardJson">As in <c>sessions.reward</c>; null if the judging was given up.</param>
/// <param name="StatsJson">As in <c>sessions.reward_stats</c>; null likewise.</param>
/// <param name="AuditJson">As in <c>sessions.reward_audit</c>.</param>
/// <param name="Problem">Why there is no reward; null if there is one.</param>
/// <param name="Calls">Calls of language models.</param>
/// <param name="PromptTokens">Tokens sent.</param>
/// <param name="CompletionTokens">Tokens received.</param>
[GenerateSerializer, Immutable, Alias("atlas.judged-session")]
internal sealed record JudgedSession(
    [property: Id(0)] string Judge,
    [property: Id(1)] string? RewardJson,
    [property: Id(2)] string? StatsJson,
    [property: Id(3)] string AuditJson,
    [property: Id(4)] string? Problem,
    [property: Id(5)] int Calls,
    [property: Id(6)] long PromptTokens,
    [property: Id(7)] long CompletionTokens)
{
    public JudgingCost Cost => new(Calls, PromptTokens, CompletionTokens);

    public static JudgedSession Of(string judge, Judgement judgement) => new(
        judge,
        judgement.Reward?.Reward.ToJsonString(),
        judgement.Reward?.Stats.ToJsonString(),
        judgement.Audit.ToJsonString(),
        judgement.Reward is null ? judgement.Problem ?? "The judge gave no reward." : null,
        judgement.Usage.Calls,
        judgement.Usage.PromptTokens,
        judgement.Usage.CompletionTokens);
}
