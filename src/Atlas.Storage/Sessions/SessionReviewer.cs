using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Sessions;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Sessions;

/// <summary>Stores a reviewer's decision, keeps its history and queues it for the learning key.</summary>
internal sealed class SessionReviewer(NpgsqlDataSource dataSource)
{
    // A decision that is sent again, word for word, is one decision.
    // metadata.review_status is a copy that the original implementation keeps: if there is one, it follows the column.
    private const string Review = """
        WITH before AS (SELECT id, review_status FROM public.sessions WHERE id = $1 FOR UPDATE),
        decided AS (
          UPDATE public.sessions s
             SET review_status = $2, review_notes = coalesce($4, s.review_notes), reviewed_by = $3, reviewed_at = now(),
                 metadata = CASE WHEN jsonb_typeof(s.metadata) = 'object' AND s.metadata ? 'review_status'
                                 THEN s.metadata || jsonb_strip_nulls(jsonb_build_object('review_status', $2, 'review_notes', $4))
                                 ELSE s.metadata END
            FROM before b WHERE s.id = b.id
          RETURNING s.id, s.stored_learning_key AS learning_key, s.status, s.review_status, b.review_status AS previous),
        noted AS (
          INSERT INTO public.review_decisions (session_id, status, reviewer, note)
          SELECT d.id, $2, $3, $4 FROM decided d
           WHERE d.previous <> $2 OR NOT EXISTS (
             SELECT 1 FROM (SELECT * FROM public.review_decisions r WHERE r.session_id = d.id ORDER BY r.id DESC LIMIT 1) newest
              WHERE newest.status = $2 AND newest.reviewer = $3 AND newest.note IS NOT DISTINCT FROM $4)),
        queued AS (
          INSERT INTO public.learning_outbox AS o (session_id, learning_key, outcome, teaches, review)
          SELECT id, learning_key, $6, $5, $7 FROM decided WHERE $8 AND status <> 'running' AND learning_key IS NOT NULL
          ON CONFLICT (session_id) DO UPDATE
             SET teaches = excluded.teaches, review = excluded.review, outcome = coalesce(o.outcome, excluded.outcome)
          RETURNING session_id)
        SELECT learning_key, status, review_status, previous, EXISTS (SELECT 1 FROM queued) AS queued FROM decided
        """;

    public async Task<StoredReview> ReviewAsync(SessionReviewRow row, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(row.Decision.Reviewer);
        var decision = row.Decision with { Reviewer = StorableText.Plain(row.Decision.Reviewer)!, Note = StorableText.Plain(row.Decision.Note) };
        var command = dataSource.CreateCommand(Review);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(row.SessionId).Wire(decision.Status).Text(decision.Reviewer).Text(decision.Note).Bool(row.Teaches)
            .Json(row.Outcome, "The outcome").Json(JsonSerializer.Serialize(decision, AtlasJson.Options)).Bool(row.TellLearningKey);
        return await command.FirstAsync(
                found => new StoredReview(
                    row.SessionId, found.Text("learning_key"), found.SessionStatus("status"), found.ReviewStatus("review_status"),
                    found.ReviewStatus("previous"), found.Flag("queued")),
                cancellationToken).ConfigureAwait(false)
            ?? throw new UnknownSessionException(row.SessionId);
    }
}
