using Atlas.Domain.Json;
using Atlas.Domain;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Sessions;

/// <summary>Stores new sessions; one with an external id that was used before is the session of that time.</summary>
internal sealed class SessionStarter(NpgsqlDataSource dataSource)
{
    private const string Insert = """
        INSERT INTO public.sessions (task, metadata, external_id, playbook_version, playbook_sha256,
                                     teacher_playbook_sha256, created_at, lease_seconds, lease_until, given, assignment, paid_by)
        VALUES ($1, coalesce($2, '{}'::jsonb) || jsonb_build_object('learning_key', $3::text), $4, $5, $6, $7, coalesce($8, now()), $9, $10, $11, $12, $13)
        ON CONFLICT (external_id) WHERE external_id IS NOT NULL DO NOTHING
        RETURNING id::bigint, stored_learning_key AS learning_key, status, review_status, playbook_version, playbook_sha256,
                  teacher_playbook_sha256, created_at, given, 0 AS next_sequence
        """;

    // In the statement that is made anyway: a start costs no second one.
    private const string InsertWithFindings = $"""
        WITH stored AS ({Insert}),
        noted AS (
          INSERT INTO public.session_redactions (session_id, place, kind, times, taken_out)
          SELECT s.id, f.place, f.kind, f.times, $17 FROM stored s, unnest($14, $15, $16) AS f (place, kind, times))
        SELECT * FROM stored
        """;

    private const string Find = """
        SELECT id::bigint, stored_learning_key AS learning_key, status, review_status, playbook_version, playbook_sha256,
               teacher_playbook_sha256, created_at, given,
               (SELECT coalesce(max(sequence), -1) + 1 FROM public.trajectory_events e WHERE e.session_id = s.id) AS next_sequence
          FROM public.sessions s WHERE external_id = $1
        """;

    public async Task<StartedSession> StartAsync(NewSession session, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(session.Task);
        ArgumentException.ThrowIfNullOrWhiteSpace(session.LearningKey);
        var metadata = JsonText.ObjectOrNull(session.MetadataJson, "The session's metadata");
        var given = JsonText.ObjectOrNull(session.GivenJson, "What the session is given");
        var assignment = JsonText.ObjectOrNull(session.AssignmentJson, "What was drawn for the session");
        var externalId = StorableText.Plain(session.ExternalId);
        while (true)
        {
            var insert = dataSource.CreateCommand(session.Findings.IsEmpty ? Insert : InsertWithFindings);
            await using (insert.ConfigureAwait(false))
            {
                insert.Parameters.Text(StorableText.Plain(session.Task)).Json(metadata).Text(StorableText.Plain(session.LearningKey))
                    .Text(externalId).Int(session.PlaybookVersion).Text(session.PlaybookSha256)
                    .Text(session.TeacherPlaybookSha256).Time(session.StartedAt).Int(session.LeaseSeconds).Time(session.LeaseUntil)
                    .Json(given).Json(assignment).Text(session.PaidBy);
                if (!session.Findings.IsEmpty)
                {
                    SessionRedactions.Add(insert.Parameters, session.Findings, session.TakesOut);
                }

                if (await insert.FirstAsync(row => Read(row, wasNew: true), cancellationToken).ConfigureAwait(false) is { } stored)
                {
                    return stored;
                }
            }

            // Somebody else's row: it is committed, or the insert would have waited. It can only be missing if it was
            // deleted in between, and then there is room for ours.
            var find = dataSource.CreateCommand(Find);
            await using var findDisposal = find.ConfigureAwait(false);
            find.Parameters.Text(externalId);
            if (await find.FirstAsync(row => Read(row, wasNew: false), cancellationToken).ConfigureAwait(false) is { } earlier)
            {
                return earlier;
            }
        }
    }

    private static StartedSession Read(NpgsqlDataReader row, bool wasNew) => new(
        row.Long("id"),
        row.RequiredText("learning_key"),
        row.SessionStatus("status"),
        row.ReviewStatus("review_status"),
        wasNew,
        row.Int("playbook_version"),
        row.Text("playbook_sha256"),
        row.Text("teacher_playbook_sha256"),
        row.Int("next_sequence") ?? 0,
        row.Time("created_at"))
    {
        Given = row.Json("given"),
    };
}
