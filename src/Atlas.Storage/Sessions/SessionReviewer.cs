using System.Text.Json;
using Atlas.Learning.Json;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Sessions;

/// <summary>Stores a reviewer's decision, keeps its history and queues it for the learning key.</summary>
internal sealed class SessionReviewer(NpgsqlDataSource dataSource)
{
    // metadata.review_status is a copy that the original keeps: where there is one, it follows the column.
    private const string Review = """
        WITH before AS (SELECT id, review_status FROM public.sessions WHERE id = $1 FOR UPDATE),
        decided AS (
          UPDATE public.sessions s
             SET review_status = $2, review_notes = coalesce($4, s.review_notes), reviewed_by = $3, reviewed_at = now(),
                 metadata = CASE WHEN jsonb_typeof(s.metadata) = 'object' AND s.metadata ? 'review_status'
                                 THEN s.metadata || jsonb_strip_nulls(jsonb_build_object('review_status', $2, 'review_notes', $4))
                                 ELSE s.metadata END
            FROM before b WHERE s.id = b.id
          RETURNING s.id, s.learning_key, s.status, s.review_status, b.review_status AS previous),
        noted AS (
          INSERT INTO public.review_decisions (session_id, status, reviewer, note) SELECT id, $2, $3, $4 FROM decided),
        queued AS (
          INSERT INTO public.learning_outbox AS o (session_id, learning_key, outcome, teaches, review)
          SELECT id, learning_key, $6, $5, $7 FROM decided WHERE $8 AND status <> 'running' AND learning_key IS NOT NULL
          ON CONFLICT (session_id) DO UPDATE
             SET teaches = excluded.teaches, review = excluded.review, outcome = coalesce(o.outcome, excluded.outcome)
          RETURNING session_id)
        SELECT learning_key, status, review_status, previous, EXISTS (SELECT 1 FROM queued) AS queued FROM decided
        """;

    public async Task<SessionReviewed> ReviewAsync(SessionReviewRow row, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(row.Status);
        ArgumentException.ThrowIfNullOrWhiteSpace(row.Reviewer);
        var reviewer = JsonText.Plain(row.Reviewer);
        var note = JsonText.Plain(row.Note);
        var review = JsonSerializer.Serialize(new { row.Status, Reviewer = reviewer, Note = note }, AtlasJson.Options);
        await using var command = dataSource.CreateCommand(Review);
        command.Parameters.Long(row.SessionId).Text(row.Status).Text(reviewer).Text(note).Bool(row.Teaches)
            .Json(JsonText.ObjectOrNull(row.OutcomeJson, "The outcome")).Json(review).Bool(row.TellLearningKey);
        return await command.FirstAsync(
                found => new SessionReviewed(
                    row.SessionId, found.Text("learning_key"), found.RequiredText("status"), found.RequiredText("review_status"),
                    found.RequiredText("previous"), found.Flag("queued")),
                cancellationToken).ConfigureAwait(false)
            ?? throw new UnknownSessionException(row.SessionId);
    }
}
