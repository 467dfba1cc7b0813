using Atlas.Domain.Json;
using Atlas.Domain;
using Atlas.Learning.Sessions;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Sessions;

/// <summary>Settles a judging: reward, review and the message to the learning key, in one statement and therefore in one
/// transaction.</summary>
internal sealed class SessionJudger(NpgsqlDataSource dataSource)
{
    private const string Settle = """
        WITH settled AS (
          UPDATE public.session_judgings
             SET state = CASE WHEN $2 IS NULL THEN 'failed' ELSE 'judged' END, judge = $5, reason = $6, finished_at = $7,
                 calls = calls + $8, prompt_tokens = prompt_tokens + $9, completion_tokens = completion_tokens + $10
           WHERE session_id = $1 AND state = 'pending'
          RETURNING session_id, state),
        done AS (
          UPDATE public.sessions s
             SET reward = $2, reward_stats = $3, reward_audit = $4,
                 review_status = CASE WHEN s.reviewed_at IS NULL THEN $11 ELSE s.review_status END,
                 review_notes = CASE WHEN s.reviewed_at IS NULL THEN coalesce($12, s.review_notes) ELSE s.review_notes END,
                 metadata = CASE WHEN jsonb_typeof(s.metadata) = 'object' THEN s.metadata ELSE '{}' END || coalesce($13, '{}')
            FROM settled WHERE s.id = settled.session_id
          RETURNING s.id, s.stored_learning_key AS learning_key, s.status, s.review_status, settled.state),
        queued AS (
          INSERT INTO public.learning_outbox (session_id, learning_key, outcome, teaches)
          SELECT id, learning_key, $14, $15 FROM done WHERE $14 IS NOT NULL AND learning_key IS NOT NULL
          ON CONFLICT (session_id) DO UPDATE SET outcome = excluded.outcome, teaches = excluded.teaches
          RETURNING session_id)
        SELECT learning_key, status, review_status, state, EXISTS (SELECT 1 FROM queued) AS queued FROM done
        """;

    /// <summary>Returns null if it was already settled, or was never requested; nothing is written then.</summary>
    public async Task<SessionEnd?> SettleAsync(SessionJudgementRow row, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand(Settle);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(row.SessionId)
            .Json(JsonText.ObjectOrNull(row.RewardJson, "The reward"))
            .Json(JsonText.ObjectOrNull(row.RewardStatsJson, "The reward statistics"))
            .Json(JsonText.ValueOrNull(row.RewardAuditJson, "The reward audit"))
            .Text(StorableText.Plain(row.Judge)).Text(StorableText.Plain(row.Reason)).Time(row.FinishedAt)
            .Int(row.Cost.Calls).Long(row.Cost.PromptTokens).Long(row.Cost.CompletionTokens)
            .Wire(row.ReviewStatus).Text(StorableText.Plain(row.ReviewNotes))
            .Json(JsonText.ObjectOrNull(row.MetadataJson, "The judging's metadata"))
            .Json(row.Delivery?.Outcome, "The outcome").Bool(row.Delivery?.Teaches ?? false);
        return await command.FirstAsync(
            found => new SessionEnd(
                row.SessionId, found.Text("learning_key"), found.SessionStatus("status"), found.ReviewStatus("review_status"),
                WasNew: true, found.Flag("queued"), Counted: false, found.JudgingStatus("state")),
            cancellationToken).ConfigureAwait(false);
    }
}
