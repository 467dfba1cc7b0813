using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Learning.Options;
using Atlas.Learning.Review;

namespace Atlas.Learning.Sessions;

/// <summary>Determines the state of a stored session. Pure.</summary>
public static class SessionStates
{
    /// <summary>Why a session that is waiting for its judge is not counted.</summary>
    public const string WaitsForJudge = "The session waits for its judge. Its learning key counts it when the judge has given a reward or cannot give one.";

    /// <summary>Why a session is stored but not counted.</summary>
    public const string WillBeTold = "The learning key could not be reached. It will receive the session as soon as it can.";

    /// <summary>Returns the state of a session.</summary>
    public static SessionState Of(StoredSession session, LearningRules rules)
    {
        var judging = session.Judging?.State ?? JudgingStatus.Off;
        var learning = LearningOf(session, judging, rules);
        return new SessionState(
            session.Id, session.Status, session.ReviewStatus, judging, RewardOf(session), ReasonOf(session, judging, learning, rules), learning);
    }

    /// <summary>Returns the answer to a caller that completes a session that has already ended.</summary>
    public static SessionCompleted Again(StoredSession session, LearningRules rules)
    {
        var state = Of(session, rules);
        return new SessionCompleted(
            session.Id, session.Status, session.ReviewStatus, state.Learning ?? LearningStanding.Off, state.Reason ?? (state.Learning is LearningStanding.Judging ? WaitsForJudge : null));
    }

    private static LearningStanding? LearningOf(StoredSession session, JudgingStatus judging, LearningRules rules) =>
        session.Status is SessionStatus.Running ? null
        : rules.Learning is not { Enabled: true, UpdateEnabled: true } || session.LearningKey is null ? LearningStanding.Off
        : judging is JudgingStatus.Pending ? LearningStanding.Judging
        : !session.Counted || session.RewardWaits ? LearningStanding.Queued
        : ObstacleOf(session, rules) is null ? LearningStanding.Applied
        : LearningStanding.Observed;

    private static string? ReasonOf(StoredSession session, JudgingStatus judging, LearningStanding? learning, LearningRules rules) =>
        session.Status is SessionStatus.Running ? null
        : SessionLease.ReasonOf(session.Metadata ?? default) is { } lapsed ? lapsed
        : judging is JudgingStatus.Pending or JudgingStatus.Failed ? session.Judging!.Reason
        : learning is LearningStanding.Queued ? WillBeTold
        : ObstacleOf(session, rules);

    private static string? ObstacleOf(StoredSession session, LearningRules rules) => TeachingRule.ReasonNotTo(
        rules.Learning,
        rules.Safety.Review,
        session.ReviewStatus,
        Member(session.Metadata ?? default, "drift_alert").ValueKind is JsonValueKind.True,
        session.Reward is not null);

    internal static SessionReward? RewardOf(StoredSession session)
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
        Member(value, name) is { ValueKind: JsonValueKind.Number } number ? Finite.OrNull(number.GetDouble()) : null;

    private static string? Text(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement Member(JsonElement value, string name) =>
        value.ValueKind is JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : default;
}
