using Atlas.Domain;
using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Storage.Connection;
using Atlas.Storage.Judging;
using Npgsql;

namespace Atlas.Queries;

/// <summary>Reads sessions, for people and for reports.</summary>
public sealed partial class SessionQueries(NpgsqlDataSource dataSource)
{
    private const string Summary = """
        s.id::bigint AS id, s.task, s.stored_learning_key AS learning_key, s.status, s.review_status, s.created_at, s.completed_at, s.external_id,
        s.playbook_version, s.playbook_sha256,
        CASE WHEN jsonb_typeof(s.reward -> 'score') = 'number' THEN (s.reward ->> 'score')::float8 END AS score,
        (SELECT count(*) FROM public.trajectory_events e WHERE e.session_id = s.id) AS event_count
        """;

    private const string One = $"""
        SELECT {Summary}, s.final_answer, s.teacher_playbook_sha256, s.given,
               CASE jsonb_typeof(s.assignment -> 'barred') WHEN 'array' THEN s.assignment -> 'barred' END AS barred, s.metadata, s.reward, s.reward_stats, s.reward_audit,
               s.digest, s.student_learning, s.teacher_learning, s.review_notes, s.reviewed_by, s.reviewed_at, p.plan,
               s.lease_seconds, s.lease_until, {JudgingColumns.Names}
          FROM public.sessions s
          LEFT JOIN public.session_judgings g ON g.session_id = s.id
          LEFT JOIN public.plans p ON p.session_id = s.id
         WHERE s.id = $1
        """;

    /// <summary>Returns whether a session exists, its learning key, or null if an older tool stored none, and the caller's external
    /// id.</summary>
    public async Task<(bool Exists, string? LearningKey, string? ExternalId)> FindKeyAsync(long sessionId, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("SELECT stored_learning_key, external_id FROM public.sessions WHERE id = $1");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId);
        var found = await command.ListAsync(row => (row.Text("stored_learning_key"), row.Text("external_id")), cancellationToken).ConfigureAwait(false);
        return found.IsEmpty ? (false, null, null) : (true, found[0].Item1, found[0].Item2);
    }

    /// <summary>Returns a session with everything that was recorded about it; null if it does not exist.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="maxEvents">The largest number of events, from the first; 0 leaves them out.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<SessionDetail?> FindAsync(long sessionId, int maxEvents = int.MaxValue, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand(One);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId);
        var session = await command.FirstAsync(ReadDetail, cancellationToken).ConfigureAwait(false);
        if (session is null)
        {
            return null;
        }

        var (fingerprint, run) = await DiscoveryOfAsync(sessionId, cancellationToken).ConfigureAwait(false);
        return session with
        {
            DiscoveryFingerprint = fingerprint,
            DiscoveryRunId = run,
            Steps = await SessionSteps.ReadAsync(dataSource, sessionId, cancellationToken).ConfigureAwait(false),
            Events = await EventsAsync(sessionId, 0, maxEvents, cancellationToken).ConfigureAwait(false),
            Decisions = await DecisionsAsync(sessionId, cancellationToken).ConfigureAwait(false),
            Redactions = await RedactionsAsync(sessionId, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Returns trajectory events of a session in order.</summary>
    /// <param name="sessionId">The session; one that does not exist has none.</param>
    /// <param name="offset">How many events to skip.</param>
    /// <param name="limit">The largest number of events.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<StoredEvent>> EventsAsync(
        long sessionId, int offset, int limit, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("""
            SELECT id::bigint, sequence, event, created_at FROM public.trajectory_events
             WHERE session_id = $1 ORDER BY sequence NULLS FIRST, id OFFSET $2 LIMIT $3
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId).Int(Math.Max(0, offset)).Int(Math.Max(0, limit));
        return await command.ListAsync(
            row => new StoredEvent(row.Long("id"), row.Int("sequence"), row.Json("event"), row.Time("created_at")),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns every decision of a reviewer on a session, oldest first.</summary>
    public async Task<ImmutableArray<StoredDecision>> DecisionsAsync(long sessionId, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand(
            "SELECT status, reviewer, note, decided_at FROM public.review_decisions WHERE session_id = $1 ORDER BY id");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId);
        return await command.ListAsync(
            row => new StoredDecision(row.ReviewStatus("status"), row.RequiredText("reviewer"), row.Text("note"), row.Time("decided_at")),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<ImmutableArray<StoredRedaction>> RedactionsAsync(long sessionId, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand(
            "SELECT kind, place, times, taken_out FROM public.session_redactions WHERE session_id = $1 ORDER BY place, kind");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId);
        return await command.ListAsync(
            row => new StoredRedaction(row.RequiredText("kind"), row.RequiredText("place"), row.Int("times") ?? 0, row.Flag("taken_out")),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<(string? Fingerprint, long? RunId)> DiscoveryOfAsync(long sessionId, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand("""
            SELECT s.discovery_fingerprint,
                   (SELECT r.id::bigint FROM public.discovery_runs r WHERE r.fingerprint = s.discovery_fingerprint
                     ORDER BY r.created_at <= s.created_at DESC, r.id DESC LIMIT 1) AS run_id
              FROM public.sessions s WHERE s.id = $1
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId);
        var found = await command.ListAsync(
            row => (row.Text("discovery_fingerprint"), row.LongOrNull("run_id")), cancellationToken).ConfigureAwait(false);
        return found.IsEmpty ? default : found[0];
    }

    private static SessionSummary ReadSummary(NpgsqlDataReader row) => new()
    {
        Id = row.Long("id"),
        Task = row.RequiredText("task"),
        LearningKey = row.Text("learning_key"),
        Status = row.SessionStatus("status"),
        ReviewStatus = row.ReviewStatus("review_status"),
        Reward = row.Double("score"),
        CreatedAt = row.Time("created_at"),
        CompletedAt = row.TimeOrNull("completed_at"),
        ExternalId = row.Text("external_id"),
        PlaybookVersion = row.Int("playbook_version"),
        PlaybookSha256 = row.Text("playbook_sha256"),
        EventCount = row.Long("event_count"),
    };

    private static SessionDetail ReadDetail(NpgsqlDataReader row) => new()
    {
        Summary = ReadSummary(row),
        FinalAnswer = row.Text("final_answer"),
        TeacherPlaybookSha256 = row.Text("teacher_playbook_sha256"),
        Given = row.Json("given"),
        Barred = row.Json("barred") is { } barred ? [.. barred.EnumerateArray().Where(id => id.ValueKind is JsonValueKind.String).Select(SafeJson.Text)] : [],
        Metadata = row.Json("metadata"),
        Reward = row.Json("reward"),
        RewardStats = row.Json("reward_stats"),
        RewardAudit = row.Json("reward_audit"),
        Digest = row.Json("digest"),
        StudentLearning = row.Text("student_learning"),
        TeacherLearning = row.Text("teacher_learning"),
        ReviewNotes = row.Text("review_notes"),
        ReviewedBy = row.Text("reviewed_by"),
        ReviewedAt = row.TimeOrNull("reviewed_at"),
        Plan = row.Json("plan"),
        Judging = JudgingColumns.Read(row),
        LeaseSeconds = row.Int("lease_seconds"),
        LeaseUntil = row.TimeOrNull("lease_until"),
    };
}
