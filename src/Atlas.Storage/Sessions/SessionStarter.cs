using Atlas.Domain.Json;
using Atlas.Domain;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Sessions;

/// <summary>Stores new sessions; an external id that was used before returns the earlier session.</summary>
internal sealed class SessionStarter
{
    // The numbers are drawn first, because an insert does not return which of its rows was which. Findings are part of the statement, so that
    // a start needs no second one.
    private const string Insert = """
        WITH given AS MATERIALIZED (
          SELECT nextval((SELECT pg_get_serial_sequence('public.sessions', 'id'))::regclass) AS id, u.*
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) WITH ORDINALITY
              AS u (task, metadata, learning_key, external_id, playbook_version, playbook_sha256, teacher_playbook_sha256, created_at,
                    lease_seconds, lease_until, given, assignment, paid_by, number)),
        stored AS (
          INSERT INTO public.sessions (id, task, metadata, external_id, playbook_version, playbook_sha256, teacher_playbook_sha256, created_at,
                                       lease_seconds, lease_until, given, assignment, paid_by)
          SELECT id, task, coalesce(metadata::jsonb, '{}') || jsonb_build_object('learning_key', learning_key), external_id, playbook_version,
                 playbook_sha256, teacher_playbook_sha256, coalesce(created_at, now()), lease_seconds, lease_until, given::jsonb,
                 assignment::jsonb, paid_by
            FROM given
          ON CONFLICT (external_id) WHERE external_id IS NOT NULL DO NOTHING
          RETURNING id, stored_learning_key AS learning_key, status, review_status, playbook_version, playbook_sha256,
                    teacher_playbook_sha256, created_at, given, 0 AS next_sequence),
        noted AS (
          INSERT INTO public.session_redactions (session_id, place, kind, times, taken_out)
          SELECT s.id, f.place, f.kind, f.times, f.taken_out
            FROM unnest($14, $15, $16, $17, $18) AS f (number, place, kind, times, taken_out)
            JOIN given g ON g.number = f.number JOIN stored s ON s.id = g.id)
        SELECT g.number, s.* FROM stored s JOIN given g ON g.id = s.id
        """;

    private const string Find = """
        SELECT id::bigint, stored_learning_key AS learning_key, status, review_status, playbook_version, playbook_sha256,
               teacher_playbook_sha256, created_at, given,
               (SELECT coalesce(max(sequence), -1) + 1 FROM public.trajectory_events e WHERE e.session_id = s.id) AS next_sequence
          FROM public.sessions s WHERE external_id = $1
        """;

    private const string FindFormer = $"{Find} AND metadata::jsonb -> 'import' = $2::jsonb -> 'import'";

    private readonly NpgsqlDataSource _dataSource;
    private readonly GatheredStatement<NewSession, StartedSession?> _inserts;

    public SessionStarter(NpgsqlDataSource dataSource)
    {
        _dataSource = dataSource;
        _inserts = new(InsertAsync, session => session.Task.Length + (session.MetadataJson?.Length ?? 0) + (session.GivenJson?.Length ?? 0));
    }

    public async Task<StartedSession> StartAsync(NewSession session, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(session.Task);
        ArgumentException.ThrowIfNullOrWhiteSpace(session.LearningKey);
        var clean = session with
        {
            Task = StorableText.Plain(session.Task)!,
            LearningKey = StorableText.Plain(session.LearningKey)!,
            ExternalId = StorableText.Plain(session.ExternalId),
            FormerExternalId = StorableText.Plain(session.FormerExternalId),
            MetadataJson = JsonText.ObjectOrNull(session.MetadataJson, "The session's metadata"),
            GivenJson = JsonText.ObjectOrNull(session.GivenJson, "What the session is given"),
            AssignmentJson = JsonText.ObjectOrNull(session.AssignmentJson, "What was drawn for the session"),
            PaidBy = StorableText.Plain(session.PaidBy),
        };
        if (clean.FormerExternalId is not null)
        {
            var findFormer = _dataSource.CreateCommand(FindFormer);
            await using var findFormerDisposal = findFormer.ConfigureAwait(false);
            findFormer.Parameters.Text(clean.FormerExternalId).Text(clean.MetadataJson);
            if (await findFormer.FirstAsync(row => Read(row, wasNew: false), cancellationToken).ConfigureAwait(false) is { } former)
            {
                return former;
            }
        }

        while (true)
        {
            if (await _inserts.RunAsync(clean, cancellationToken).ConfigureAwait(false) is { } stored)
            {
                return stored;
            }

            // The row of another call. It is committed, or the insert would have waited. It can only be missing if it was deleted in
            // between, and then there is room for ours.
            var find = _dataSource.CreateCommand(Find);
            await using var findDisposal = find.ConfigureAwait(false);
            find.Parameters.Text(clean.ExternalId);
            if (await find.FirstAsync(row => Read(row, wasNew: false), cancellationToken).ConfigureAwait(false) is { } earlier)
            {
                return earlier;
            }
        }
    }

    /// <summary>Returns null for a session whose external id was used before.</summary>
    private async Task<IReadOnlyList<StartedSession?>> InsertAsync(IReadOnlyList<NewSession> sessions)
    {
        var insert = _dataSource.CreateCommand(Insert);
        await using var insertDisposal = insert.ConfigureAwait(false);
        var found = sessions.SelectMany((session, index) => session.Findings.Select(finding => (Number: index + 1L, Finding: finding, session.TakesOut))).ToArray();
        insert.Parameters.Texts(sessions.Select(session => session.Task)).Texts(sessions.Select(session => session.MetadataJson))
            .Texts(sessions.Select(session => session.LearningKey)).Texts(sessions.Select(session => session.ExternalId))
            .Ints(sessions.Select(session => session.PlaybookVersion)).Texts(sessions.Select(session => session.PlaybookSha256))
            .Texts(sessions.Select(session => session.TeacherPlaybookSha256)).Times(sessions.Select(session => session.StartedAt))
            .Ints(sessions.Select(session => session.LeaseSeconds)).Times(sessions.Select(session => session.LeaseUntil))
            .Texts(sessions.Select(session => session.GivenJson)).Texts(sessions.Select(session => session.AssignmentJson))
            .Texts(sessions.Select(session => session.PaidBy))
            .Longs(found.Select(one => one.Number)).Texts(found.Select(one => one.Finding.Place)).Texts(found.Select(one => one.Finding.Kind))
            .Ints(found.Select(one => one.Finding.Times)).Bools(found.Select(one => one.TakesOut));
        var started = new StartedSession?[sessions.Count];
        foreach (var (number, session) in await insert.ListAsync(row => (row.Long("number"), Read(row, wasNew: true)), CancellationToken.None).ConfigureAwait(false))
        {
            started[number - 1] = session;
        }

        return started;
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
