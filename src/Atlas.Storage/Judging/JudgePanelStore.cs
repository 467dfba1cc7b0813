using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Judging;

/// <summary>Stores the panel of past sessions that the judge is asked about repeatedly, shared by all silos.</summary>
public sealed class JudgePanelStore(NpgsqlDataSource dataSource)
{
    /// <summary>Adds sessions to the panel until it is full. Prefers those that brought their own outcome, and takes at most one in four
    /// from the same key.</summary>
    /// <param name="size">The size of the panel.</param>
    /// <param name="now">When the added sessions are due.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The number of sessions added.</returns>
    /// <remarks>A full panel does not change, except for sessions that are forgotten. Only the newest thousand sessions are
    /// considered.</remarks>
    public async Task<int> FillAsync(int size, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("""
            WITH room AS (
              SELECT $1 - count(*)::integer AS free FROM orleans.judge_panel),
            newest AS (
              SELECT s.id, s.learning_key, s.status, s.reward, s.reward_stats FROM public.sessions s, room WHERE room.free > 0 ORDER BY s.id DESC LIMIT 1000),
            taken AS (
              SELECT s.learning_key, count(*) AS sessions FROM orleans.judge_panel p JOIN public.sessions s ON s.id = p.session_id GROUP BY s.learning_key),
            fitting AS (
              SELECT n.id, n.learning_key, g.session_id IS NULL AS brought,
                     CASE WHEN jsonb_typeof(n.reward_stats -> 'score') = 'number' THEN (n.reward_stats ->> 'score')::double precision
                          WHEN jsonb_typeof(n.reward -> 'score') = 'number' THEN (n.reward ->> 'score')::double precision END AS score
                FROM newest n LEFT JOIN public.session_judgings g ON g.session_id = n.id AND g.state = 'judged'
               WHERE n.status = 'succeeded' AND NOT EXISTS (SELECT FROM orleans.judge_panel p WHERE p.session_id = n.id)),
            ranked AS (
              SELECT f.*, coalesce(t.sessions, 0) + row_number() OVER (PARTITION BY f.learning_key ORDER BY f.brought DESC, f.id DESC) AS place
                FROM fitting f LEFT JOIN taken t ON t.learning_key IS NOT DISTINCT FROM f.learning_key WHERE f.score BETWEEN 0 AND 1)
            INSERT INTO orleans.judge_panel (session_id, outcome, due_at)
            SELECT id, CASE WHEN brought THEN score END, $2 FROM ranked
             WHERE place <= greatest($1 / 4, 1) ORDER BY brought DESC, place, id DESC LIMIT (SELECT greatest(free, 0) FROM room)
            ON CONFLICT DO NOTHING
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Int(size).Time(now);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Claims a session that is due; null if there is none.</summary>
    /// <param name="now">The time.</param>
    /// <param name="hold">The duration of the claim.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<long?> ClaimAsync(DateTimeOffset now, TimeSpan hold, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("""
            WITH due AS (
              SELECT session_id FROM orleans.judge_panel WHERE due_at <= $1 ORDER BY due_at, session_id LIMIT 1 FOR UPDATE SKIP LOCKED)
            UPDATE orleans.judge_panel p SET due_at = $2 FROM due WHERE p.session_id = due.session_id
            RETURNING p.session_id::bigint AS session_id
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Time(now).Time(now + hold);
        var claimed = await command.ListAsync(row => row.Long("session_id"), cancellationToken).ConfigureAwait(false);
        return claimed.IsEmpty ? null : claimed[0];
    }

    /// <summary>Sets when a session is due again.</summary>
    public async Task DeferAsync(long sessionId, DateTimeOffset dueAt, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("UPDATE orleans.judge_panel SET due_at = $2 WHERE session_id = $1");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId).Time(dueAt);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores the judge's answer, and when the session is due again.</summary>
    public async Task AnswerAsync(
        long sessionId, DateTimeOffset at, string judge, double score, TokenUsage cost, DateTimeOffset dueAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cost);
        var command = dataSource.CreateCommand("""
            WITH due AS (UPDATE orleans.judge_panel SET due_at = $8 WHERE session_id = $1 RETURNING session_id)
            INSERT INTO orleans.judge_panel_answer (session_id, judged_at, judge, score, calls, prompt_tokens, completion_tokens)
            SELECT session_id, $2, $3, $4, $5, $6, $7 FROM due ON CONFLICT DO NOTHING
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId).Time(at).Text(judge).Double(score).Int(cost.Calls).Long(cost.PromptTokens).Long(cost.CompletionTokens).Time(dueAt);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
