using Atlas.Domain.Json;
using Atlas.Domain;
using Atlas.Learning.Sessions;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Sessions;

/// <summary>Ends a session: results, review and the message to its learning key, in one statement and so in one transaction.</summary>
internal sealed class SessionCompleter(NpgsqlDataSource dataSource)
{
    // A decision that a reviewer made while the session ran stays, unless the completion brings a reviewer of its own.
    private const string Complete = """
        WITH done AS (
          UPDATE public.sessions
             SET status = $2, final_answer = $3, reward = $4, reward_stats = $5, reward_audit = $6,
                 student_learning = $7, teacher_learning = $8,
                 review_status = CASE WHEN reviewed_at IS NOT NULL AND $11 IS NULL THEN review_status ELSE $9 END,
                 review_notes = CASE WHEN reviewed_at IS NOT NULL AND $11 IS NULL THEN review_notes
                                     ELSE coalesce($10, review_notes) END,
                 reviewed_by = coalesce($11, reviewed_by),
                 reviewed_at = CASE WHEN $11 IS NULL THEN reviewed_at ELSE coalesce($16, now()) END,
                 metadata = CASE WHEN jsonb_typeof(metadata) = 'object' THEN metadata ELSE '{}' END || coalesce($12, '{}'),
                 digest = coalesce($13, digest),
                 completed_at = coalesce($16, now())
           WHERE id = $1 AND status = 'running'
          RETURNING id, stored_learning_key AS learning_key, status, review_status),
        queued AS (
          INSERT INTO public.learning_outbox (session_id, learning_key, outcome, teaches)
          SELECT id, learning_key, $14, $15 FROM done WHERE $14 IS NOT NULL AND learning_key IS NOT NULL
          ON CONFLICT (session_id) DO UPDATE SET outcome = excluded.outcome, teaches = excluded.teaches
          RETURNING session_id),
        decided AS (
          INSERT INTO public.review_decisions (session_id, status, reviewer, note, decided_at)
          SELECT id, $9, $11, $10, coalesce($16, now()) FROM done WHERE $11 IS NOT NULL),
        asked AS (
          INSERT INTO public.session_judgings (session_id, due_at, requested_at)
          SELECT id, $17, coalesce($16, now()) FROM done WHERE $17 IS NOT NULL
          RETURNING state)
        SELECT learning_key, status, review_status, EXISTS (SELECT 1 FROM queued) AS queued, false AS counted,
               (SELECT state FROM asked) AS judging FROM done
        """;

    private const string Find = """
        SELECT stored_learning_key AS learning_key, status, review_status,
               EXISTS (SELECT 1 FROM public.learning_outbox o WHERE o.session_id = s.id) AS queued,
               EXISTS (SELECT 1 FROM public.learning_journal j
                        WHERE j.learning_key = s.stored_learning_key AND j.session_id = s.id
                          AND j.event_type = 'session_observed') AS counted,
               (SELECT state FROM public.session_judgings g WHERE g.session_id = s.id) AS judging
          FROM public.sessions s WHERE id = $1
        """;

    public async Task<SessionEnd> CompleteAsync(SessionCompletionRow row, CancellationToken cancellationToken)
    {
        if (row.Status is SessionStatus.Running)
        {
            throw new ArgumentException("A session ends as succeeded or failed, not as running.", nameof(row));
        }

        var complete = dataSource.CreateCommand(Complete);
        await using (complete.ConfigureAwait(false))
        {
            complete.Parameters.Long(row.SessionId).Wire(row.Status).Text(StorableText.Plain(row.FinalAnswer))
                .Json(JsonText.ObjectOrNull(row.RewardJson, "The reward"))
                .Json(JsonText.ObjectOrNull(row.RewardStatsJson, "The reward statistics"))
                .Json(JsonText.ValueOrNull(row.RewardAuditJson, "The reward audit"))
                .Text(StorableText.Plain(row.StudentLearning)).Text(StorableText.Plain(row.TeacherLearning))
                .Wire(row.ReviewStatus).Text(StorableText.Plain(row.ReviewNotes)).Text(StorableText.Plain(row.Reviewer))
                .Json(JsonText.ObjectOrNull(row.MetadataJson, "The completion's metadata"))
                .Json(JsonText.ObjectOrNull(row.DigestJson, "The digest"))
                .Json(row.Delivery?.Outcome, "The outcome").Bool(row.Delivery?.Teaches ?? false)
                .Time(row.CompletedAt).Time(row.JudgingDueAt);
            if (await complete.FirstAsync(found => Read(row.SessionId, found, wasNew: true), cancellationToken)
                    .ConfigureAwait(false) is { } ended)
            {
                return ended;
            }
        }

        var find = dataSource.CreateCommand(Find);
        await using var findDisposal = find.ConfigureAwait(false);
        find.Parameters.Long(row.SessionId);
        return await find.FirstAsync(found => Read(row.SessionId, found, wasNew: false), cancellationToken).ConfigureAwait(false)
            ?? throw new UnknownSessionException(row.SessionId);
    }

    private static SessionEnd Read(long sessionId, NpgsqlDataReader row, bool wasNew) => new(
        sessionId, row.Text("learning_key"), row.SessionStatus("status"), row.ReviewStatus("review_status"), wasNew,
        row.Flag("queued"), row.Flag("counted"), row.JudgingStatus("judging"));
}
