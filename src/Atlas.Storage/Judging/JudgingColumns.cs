using Atlas.Domain;
using Atlas.Learning.Sessions;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Judging;

/// <summary>Reads a row of <c>session_judgings</c> joined under the alias <c>g</c>.</summary>
public static class JudgingColumns
{
    public const string Names = """
        g.state AS judging_state, g.attempts AS judging_attempts, g.due_at AS judging_due_at, g.judge AS judging_judge,
        g.reason AS judging_reason, g.calls AS judging_calls, g.prompt_tokens AS judging_prompt_tokens,
        g.completion_tokens AS judging_completion_tokens, g.requested_at AS judging_requested_at, g.finished_at AS judging_finished_at
        """;

    /// <summary>Returns the judging; null if the session was never to be judged.</summary>
    public static StoredJudging? Read(NpgsqlDataReader row) => row.JudgingStatus("judging_state") is not JudgingStatus.Off and var state
        ? new StoredJudging(
            state,
            row.Int("judging_attempts") ?? 0,
            row.Time("judging_due_at"),
            row.Text("judging_judge"),
            row.Text("judging_reason"),
            new TokenUsage(row.Int("judging_calls") ?? 0, row.Long("judging_prompt_tokens"), row.Long("judging_completion_tokens")),
            row.Time("judging_requested_at"),
            row.TimeOrNull("judging_finished_at"))
        : null;
}
