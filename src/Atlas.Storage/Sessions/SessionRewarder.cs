using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Sessions;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Sessions;

/// <summary>Stores a reward that arrives after the end of its session, and the message to the learning key, in one transaction.</summary>
/// <remarks>It is stored as a settled judging: a session is settled once, and a later answer of a judge is ignored.</remarks>
internal sealed class SessionRewarder(NpgsqlDataSource dataSource)
{
    // A session that is waiting for its judge was not counted yet, so its reward needs no separate message.
    private const string Reward = """
        WITH before AS (
          SELECT s.id, EXISTS (SELECT 1 FROM public.session_judgings g WHERE g.session_id = s.id AND g.state = 'pending') AS waits
            FROM public.sessions s
           WHERE s.id = $1 AND s.status <> 'running' AND coalesce(s.reward, 'null') = 'null' FOR UPDATE),
        settled AS (
          INSERT INTO public.session_judgings AS g (session_id, state, due_at, judge, finished_at)
          SELECT id, 'judged', $5, $4, $5 FROM before
          ON CONFLICT (session_id) DO UPDATE SET state = 'judged', judge = excluded.judge, reason = NULL, finished_at = excluded.finished_at
            WHERE g.state <> 'judged'
          RETURNING session_id, state),
        done AS (
          UPDATE public.sessions s
             SET reward = $2, reward_stats = $3,
                 review_status = CASE WHEN s.reviewed_at IS NULL THEN $6 ELSE s.review_status END,
                 review_notes = CASE WHEN s.reviewed_at IS NULL THEN coalesce($7, s.review_notes) ELSE s.review_notes END,
                 metadata = CASE WHEN jsonb_typeof(s.metadata) = 'object' THEN s.metadata ELSE '{}' END || coalesce($8, '{}')
            FROM settled JOIN before ON before.id = settled.session_id WHERE s.id = settled.session_id
          RETURNING s.id, s.stored_learning_key AS learning_key, s.status, s.review_status, settled.state, before.waits),
        queued AS (
          INSERT INTO public.learning_outbox AS o (session_id, learning_key, outcome, teaches, review, rewarded)
          SELECT id, learning_key, $9, $10, $11, NOT waits FROM done WHERE $9 IS NOT NULL AND learning_key IS NOT NULL
          ON CONFLICT (session_id) DO UPDATE
             SET outcome = excluded.outcome, teaches = excluded.teaches, rewarded = excluded.rewarded, review = coalesce(o.review, excluded.review)
          RETURNING session_id)
        SELECT learning_key, status, review_status, state, EXISTS (SELECT 1 FROM queued) AS queued FROM done
        """;

    public async Task<SessionEnd?> RewardAsync(SessionJudgementRow row, ReviewDecision? review, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand(Reward);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(row.SessionId)
            .Json(JsonText.ObjectOrNull(row.RewardJson, "The reward"))
            .Json(JsonText.ObjectOrNull(row.RewardStatsJson, "The reward statistics"))
            .Text(StorableText.Plain(row.Judge)).Time(row.FinishedAt)
            .Wire(row.ReviewStatus).Text(StorableText.Plain(row.ReviewNotes))
            .Json(JsonText.ObjectOrNull(row.MetadataJson, "The reward's metadata"))
            .Json(row.Delivery?.Outcome, "The outcome").Bool(row.Delivery?.Teaches ?? false)
            .Json(review is null ? null : JsonSerializer.Serialize(review, AtlasJson.Options));
        return await command.FirstAsync(
            found => new SessionEnd(
                row.SessionId, found.Text("learning_key"), found.SessionStatus("status"), found.ReviewStatus("review_status"),
                WasNew: true, found.Flag("queued"), Counted: false, found.JudgingStatus("state")),
            cancellationToken).ConfigureAwait(false);
    }
}
