using Atlas.Domain.Json;
using Atlas.Domain;
using Atlas.Learning.Sessions;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Sessions;

/// <summary>Ends sessions: results, review and the message to the learning key, in one statement and therefore in one
/// transaction.</summary>
internal sealed class SessionCompleter
{
    // A reviewer's decision made while the session was running stays, unless the completion has its own reviewer.
    private static string Complete(bool waits) => $$"""
        WITH given AS MATERIALIZED (
          SELECT u.id, u.status, u.final_answer, u.reward::jsonb, u.reward_stats::jsonb, u.reward_audit::jsonb, u.student_learning,
                 u.teacher_learning, u.review_status, u.review_notes, u.reviewed_by, coalesce(u.metadata::jsonb, '{}') AS metadata,
                 u.digest::jsonb, u.outcome::jsonb, u.teaches, coalesce(u.completed_at, now()) AS completed_at, u.judging_due_at
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
              AS u (id, status, final_answer, reward, reward_stats, reward_audit, student_learning, teacher_learning, review_status,
                    review_notes, reviewed_by, metadata, digest, outcome, teaches, completed_at, judging_due_at)),
        free AS MATERIALIZED (
          SELECT s.id FROM public.sessions s JOIN given g ON g.id = s.id WHERE s.status = 'running'
           ORDER BY s.id FOR NO KEY UPDATE OF s{{(waits ? "" : " SKIP LOCKED")}}),
        done AS (
          UPDATE public.sessions s
             SET status = g.status, final_answer = g.final_answer, reward = g.reward, reward_stats = g.reward_stats,
                 reward_audit = g.reward_audit, student_learning = g.student_learning, teacher_learning = g.teacher_learning,
                 review_status = CASE WHEN s.reviewed_at IS NOT NULL AND g.reviewed_by IS NULL THEN s.review_status ELSE g.review_status END,
                 review_notes = CASE WHEN s.reviewed_at IS NOT NULL AND g.reviewed_by IS NULL THEN s.review_notes
                                     ELSE coalesce(g.review_notes, s.review_notes) END,
                 reviewed_by = coalesce(g.reviewed_by, s.reviewed_by),
                 reviewed_at = CASE WHEN g.reviewed_by IS NULL THEN s.reviewed_at ELSE g.completed_at END,
                 metadata = CASE WHEN jsonb_typeof(s.metadata) = 'object' THEN s.metadata ELSE '{}' END || g.metadata,
                 digest = coalesce(g.digest, s.digest),
                 completed_at = g.completed_at
            FROM given g JOIN free f ON f.id = g.id
           WHERE s.id = g.id AND s.status = 'running'
          RETURNING s.id, s.stored_learning_key AS learning_key, s.status, s.review_status),
        queued AS (
          INSERT INTO public.learning_outbox (session_id, learning_key, outcome, teaches)
          SELECT d.id, d.learning_key, g.outcome, g.teaches FROM done d JOIN given g ON g.id = d.id
           WHERE g.outcome IS NOT NULL AND d.learning_key IS NOT NULL
          ON CONFLICT (session_id) DO UPDATE SET outcome = excluded.outcome, teaches = excluded.teaches
          RETURNING session_id),
        decided AS (
          INSERT INTO public.review_decisions (session_id, status, reviewer, note, decided_at)
          SELECT d.id, g.review_status, g.reviewed_by, g.review_notes, g.completed_at FROM done d JOIN given g ON g.id = d.id
           WHERE g.reviewed_by IS NOT NULL),
        asked AS (
          INSERT INTO public.session_judgings (session_id, due_at, requested_at)
          SELECT d.id, g.judging_due_at, g.completed_at FROM done d JOIN given g ON g.id = d.id WHERE g.judging_due_at IS NOT NULL
          RETURNING session_id, state)
        SELECT d.id::bigint, d.learning_key, d.status, d.review_status, q.session_id IS NOT NULL AS queued, false AS counted, a.state AS judging
          FROM done d LEFT JOIN queued q ON q.session_id = d.id LEFT JOIN asked a ON a.session_id = d.id
        """;

    // A session that somebody else has locked is waited for apart from the others.
    private static readonly string Shared = Complete(waits: false);
    private static readonly string Alone = Complete(waits: true);

    private const string Find = """
        SELECT stored_learning_key AS learning_key, status, review_status,
               EXISTS (SELECT 1 FROM public.learning_outbox o WHERE o.session_id = s.id) AS queued,
               EXISTS (SELECT 1 FROM public.learning_journal j
                        WHERE j.learning_key = s.stored_learning_key AND j.session_id = s.id
                          AND j.event_type = 'session_observed') AS counted,
               (SELECT state FROM public.session_judgings g WHERE g.session_id = s.id) AS judging
          FROM public.sessions s WHERE id = $1
        """;

    private readonly NpgsqlDataSource _dataSource;
    private readonly GatheredStatement<SessionCompletionRow, SessionEnd?> _completions;

    public SessionCompleter(NpgsqlDataSource dataSource)
    {
        _dataSource = dataSource;
        _completions = new(rows => CompleteAsync(rows, Shared), row => (row.FinalAnswer?.Length ?? 0) + (row.MetadataJson?.Length ?? 0) + (row.DigestJson?.Length ?? 0));
    }

    public async Task<SessionEnd> CompleteAsync(SessionCompletionRow row, CancellationToken cancellationToken)
    {
        if (row.Status is SessionStatus.Running)
        {
            throw new ArgumentException("A session ends as succeeded or failed, not as running.", nameof(row));
        }

        var clean = Clean(row);
        if (await _completions.RunAsync(clean, cancellationToken).ConfigureAwait(false) is { } ended)
        {
            return ended;
        }

        var found = await FindAsync(row.SessionId, cancellationToken).ConfigureAwait(false);
        return found.Status is SessionStatus.Running && (await CompleteAsync([clean], Alone).ConfigureAwait(false))[0] is { } alone
            ? alone
            : found.Status is SessionStatus.Running ? await FindAsync(row.SessionId, cancellationToken).ConfigureAwait(false) : found;
    }

    private async Task<SessionEnd> FindAsync(long sessionId, CancellationToken cancellationToken)
    {
        var find = _dataSource.CreateCommand(Find);
        await using var findDisposal = find.ConfigureAwait(false);
        find.Parameters.Long(sessionId);
        return await find.FirstAsync(found => Read(sessionId, found, wasNew: false), cancellationToken).ConfigureAwait(false)
            ?? throw new UnknownSessionException(sessionId);
    }

    private static SessionCompletionRow Clean(SessionCompletionRow row) => row with
    {
        FinalAnswer = StorableText.Plain(row.FinalAnswer)!,
        RewardJson = JsonText.ObjectOrNull(row.RewardJson, "The reward"),
        RewardStatsJson = JsonText.ObjectOrNull(row.RewardStatsJson, "The reward statistics"),
        RewardAuditJson = JsonText.ValueOrNull(row.RewardAuditJson, "The reward audit"),
        StudentLearning = StorableText.Plain(row.StudentLearning),
        TeacherLearning = StorableText.Plain(row.TeacherLearning),
        ReviewNotes = StorableText.Plain(row.ReviewNotes),
        Reviewer = StorableText.Plain(row.Reviewer),
        MetadataJson = JsonText.ObjectOrNull(row.MetadataJson, "The completion's metadata"),
        DigestJson = JsonText.ObjectOrNull(row.DigestJson, "The digest"),
    };

    /// <summary>Returns null for a session that is not running, or that the statement passes over.</summary>
    private async Task<IReadOnlyList<SessionEnd?>> CompleteAsync(IReadOnlyList<SessionCompletionRow> all, string statement)
    {
        // Two calls for one session do not share a statement, which would end it with either of them.
        SessionCompletionRow[] rows = [.. all.DistinctBy(row => row.SessionId)];
        var complete = _dataSource.CreateCommand(statement);
        await using var completeDisposal = complete.ConfigureAwait(false);
        complete.Parameters.Longs(rows.Select(row => row.SessionId)).Texts(rows.Select(row => row.Status.ToWire()))
            .Texts(rows.Select(row => row.FinalAnswer)).Texts(rows.Select(row => row.RewardJson)).Texts(rows.Select(row => row.RewardStatsJson))
            .Texts(rows.Select(row => row.RewardAuditJson)).Texts(rows.Select(row => row.StudentLearning))
            .Texts(rows.Select(row => row.TeacherLearning)).Texts(rows.Select(row => row.ReviewStatus.ToWire()))
            .Texts(rows.Select(row => row.ReviewNotes)).Texts(rows.Select(row => row.Reviewer)).Texts(rows.Select(row => row.MetadataJson))
            .Texts(rows.Select(row => row.DigestJson))
            .Texts(rows.Select(row => row.Delivery?.Outcome is { } outcome ? SqlParameters.JsonOf(outcome, "The outcome") : null))
            .Bools(rows.Select(row => row.Delivery?.Teaches ?? false)).Times(rows.Select(row => row.CompletedAt))
            .Times(rows.Select(row => row.JudgingDueAt));
        var ended = (await complete.ListAsync(row => Read(row.Long("id"), row, wasNew: true), CancellationToken.None).ConfigureAwait(false))
            .ToDictionary(end => end.SessionId);
        return [.. all.Select(row => ended.Remove(row.SessionId, out var end) ? end : null)];
    }

    private static SessionEnd Read(long sessionId, NpgsqlDataReader row, bool wasNew) => new(
        sessionId, row.Text("learning_key"), row.SessionStatus("status"), row.ReviewStatus("review_status"), wasNew,
        row.Flag("queued"), row.Flag("counted"), row.JudgingStatus("judging"));
}
