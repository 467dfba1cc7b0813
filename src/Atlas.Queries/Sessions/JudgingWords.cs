using Atlas.Learning.Text;
using Atlas.Domain;
using Atlas.Learning.Sessions;

namespace Atlas.Queries.Sessions;

/// <summary>Describes the progress of a session's judging in words.</summary>
public static class JudgingWords
{
    private const int LineLength = 200;

    public static string Of(SessionDetail session) => session.Judging switch
    {
        null => Unasked(session),
        { State: JudgingStatus.Judged } judged => $"judged by {judged.Judge ?? "a judge"} at {Wording.Time(judged.FinishedAt)}{Attempts(judged)}{Cost(judged)}",
        { State: JudgingStatus.Failed } failed => $"given up at {Wording.Time(failed.FinishedAt)}{Attempts(failed)}{Cost(failed)}; there is no reward. {Reason(failed)}",
        { Attempts: 0 } => "waits for a silo with a judge",
        { Reason: null } begun => $"under way{Attempts(begun)}",
        var tried => $"waits, with another attempt at {Wording.Time(tried.DueAt)}{Attempts(tried)}{Cost(tried)}. {Reason(tried)}",
    };

    private static string Unasked(SessionDetail session) => session switch
    {
        { Summary.Status: SessionStatus.Running } => "the session still runs",
        { Reward: not null } => "the session brought its reward",
        { Summary.Status: SessionStatus.Failed } => "none, because the session failed",
        _ => "none: the session brought no reward and no judge was configured",
    };

    private static string Attempts(StoredJudging judging) => judging.Attempts > 1 ? $", {Wording.Count(judging.Attempts, "attempt")}" : "";

    private static string Cost(StoredJudging judging) => judging.Cost.Calls == 0
        ? ""
        : $", {Wording.Count(judging.Cost.Calls, "call")}, {Wording.Count(judging.Cost.PromptTokens + judging.Cost.CompletionTokens, "token")}";

    private static string Reason(StoredJudging judging) => Wording.OneLine(judging.Reason, LineLength);
}
