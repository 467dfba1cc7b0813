using System.Text.Json;
using Atlas.Contracts.Sessions;
using Atlas.Grains.Hosting;
using Atlas.Learning.Review;
using Atlas.Learning.Sessions;
using Atlas.Storage.Sessions;

namespace Atlas.Grains.Sessions;

/// <summary>Says where a stored session stands. Pure.</summary>
internal static class SessionStates
{
    public static SessionState Of(StoredSession session, LearningRules rules)
    {
        var judging = session.Judging?.State ?? "off";
        var learning = LearningOf(session, judging, rules);
        return new SessionState(
            session.Id, session.Status, session.ReviewStatus, judging, RewardOf(session), ReasonOf(session, judging, learning, rules), learning);
    }

    /// <summary>The answer to whoever completes a session that has ended already.</summary>
    public static SessionCompleted Again(StoredSession session, LearningRules rules)
    {
        var state = Of(session, rules);
        return new SessionCompleted(
            session.Id, session.Status, session.ReviewStatus, state.Learning ?? "off", state.Reason ?? (state.Learning is "judging" ? LearningNews.Judging : null));
    }

    private static string? LearningOf(StoredSession session, string judging, LearningRules rules) =>
        session.Status is "running" ? null
        : rules.Learning is not { Enabled: true, UpdateEnabled: true } || session.LearningKey is null ? "off"
        : judging is "pending" ? "judging"
        : !session.Counted ? "queued"
        : ObstacleOf(session, rules) is null ? "applied"
        : "observed";

    private static string? ReasonOf(StoredSession session, string judging, string? learning, LearningRules rules) =>
        session.Status is "running" ? null
        : SessionLease.ReasonOf(session.Metadata ?? default) is { } lapsed ? lapsed
        : judging is "pending" or "failed" ? session.Judging!.Reason
        : learning is "queued" ? LearningNews.Later
        : ObstacleOf(session, rules);

    private static string? ObstacleOf(StoredSession session, LearningRules rules) => TeachingRule.ReasonNotTo(
        rules.Learning,
        rules.Safety.Review,
        session.ReviewStatus,
        Member(session.Metadata ?? default, "drift_alert").ValueKind is JsonValueKind.True,
        session.Reward is not null);

    private static SessionReward? RewardOf(StoredSession session)
    {
        if (session.Reward is not { ValueKind: JsonValueKind.Object } reward || Number(reward, "score") is not { } score)
        {
            return null;
        }

        var judge = Member(reward, "judges") is { ValueKind: JsonValueKind.Array } judges && judges.GetArrayLength() > 0 ? judges[0] : default;
        return new SessionReward(
            score,
            Number(session.RewardStats ?? default, "uncertainty_mean"),
            Text(judge, "identifier") ?? "caller",
            Text(judge, "rationale") is { Length: > 0 } rationale ? rationale : Text(reward, "rationale"));
    }

    private static double? Number(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    private static string? Text(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement Member(JsonElement value, string name) =>
        value.ValueKind is JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : default;
}
