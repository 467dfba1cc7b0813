using System.Text.Json;
using Atlas.Domain;
using Atlas.Learning.Sessions;
using Atlas.Storage.Connection;
using Atlas.Storage.Judging;
using Npgsql;

namespace Atlas.Storage.Sessions;

/// <summary>Reads what the owners of sessions must know.</summary>
internal sealed class SessionLoader
{
    private const string Load = $"""
        SELECT s.id::bigint, s.task, s.status, s.stored_learning_key AS learning_key, s.external_id, s.playbook_version, s.playbook_sha256,
               s.teacher_playbook_sha256, s.review_status, s.review_notes, s.reviewed_by, s.metadata, s.reward,
               s.reward_stats, s.digest, s.created_at, s.completed_at, s.lease_seconds, s.lease_until, s.given, s.assignment,
               {JudgingColumns.Names},
               (SELECT coalesce(max(sequence), -1) + 1 FROM public.trajectory_events e WHERE e.session_id = s.id) AS next_sequence,
               o.session_id IS NOT NULL AS queued, o.outcome, coalesce(o.rewarded, false) AS reward_waits,
               EXISTS (SELECT 1 FROM public.learning_journal j
                        WHERE j.learning_key = s.stored_learning_key AND j.session_id = s.id
                          AND j.event_type = 'session_observed') AS counted
          FROM public.sessions s
          LEFT JOIN public.learning_outbox o ON o.session_id = s.id
          LEFT JOIN public.session_judgings g ON g.session_id = s.id
         WHERE s.id = ANY ($1)
        """;

    private readonly NpgsqlDataSource _dataSource;
    private readonly GatheredStatement<long, StoredSession?> _loads;

    public SessionLoader(NpgsqlDataSource dataSource)
    {
        _dataSource = dataSource;
        _loads = new(LoadAsync);
    }

    public Task<StoredSession?> LoadAsync(long sessionId, CancellationToken cancellationToken) => _loads.RunAsync(sessionId, cancellationToken);

    private async Task<IReadOnlyList<StoredSession?>> LoadAsync(IReadOnlyList<long> sessions)
    {
        var command = _dataSource.CreateCommand(Load);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Longs(sessions.Distinct());
        var found = (await command.ListAsync(Read, CancellationToken.None).ConfigureAwait(false)).ToDictionary(session => session.Id);
        return [.. sessions.Select(found.GetValueOrDefault)];
    }

    private static StoredSession Read(NpgsqlDataReader row) => new()
    {
        Id = row.Long("id"),
        Task = row.RequiredText("task"),
        Status = row.SessionStatus("status"),
        LearningKey = row.Text("learning_key"),
        ExternalId = row.Text("external_id"),
        PlaybookVersion = row.Int("playbook_version"),
        PlaybookSha256 = row.Text("playbook_sha256"),
        TeacherPlaybookSha256 = row.Text("teacher_playbook_sha256"),
        ReviewStatus = row.ReviewStatus("review_status"),
        ReviewNotes = row.Text("review_notes"),
        ReviewedBy = row.Text("reviewed_by"),
        Metadata = row.Json("metadata"),
        Reward = row.Json("reward"),
        RewardStats = row.Json("reward_stats"),
        Digest = row.Json("digest"),
        StartedAt = row.Time("created_at"),
        CompletedAt = row.TimeOrNull("completed_at"),
        NextSequence = row.Int("next_sequence") ?? 0,
        Queued = row.Flag("queued"),
        QueuedOutcome = Outcome(row),
        RewardWaits = row.Flag("reward_waits"),
        Counted = row.Flag("counted"),
        Judging = JudgingColumns.Read(row),
        Given = row.Json("given"),
        Assignment = Assignment(row),
        LeaseSeconds = row.Int("lease_seconds") ?? 0,
        LeaseUntil = row.TimeOrNull("lease_until"),
    };

    // Draws that were tampered with are ignored; the session itself counts.
    private static SessionAssignment? Assignment(NpgsqlDataReader row)
    {
        try
        {
            return row.Json<SessionAssignment>("assignment");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // An unreadable outcome is computed again from the session.
    private static SessionOutcome? Outcome(NpgsqlDataReader row)
    {
        try
        {
            return row.Json<SessionOutcome>("outcome");
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
