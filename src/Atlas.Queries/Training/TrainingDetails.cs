using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Learning.Training;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Queries.Training;

/// <summary>Adds steps and events to sessions, with two statements for all sessions of a page.</summary>
internal sealed class TrainingDetails(NpgsqlDataSource dataSource)
{
    private const string Steps = """
        SELECT r.session_id::bigint AS session_id, r.step_id, r.trace, r.output, r.evaluation, r.attempts, r.metadata,
               (SELECT coalesce(jsonb_agg(jsonb_build_object('attempt', a.attempt, 'evaluation', a.evaluation) ORDER BY a.attempt), '[]')
                  FROM public.step_attempts a WHERE a.session_id = r.session_id AND a.step_id = r.step_id) AS attempt_details,
               (SELECT coalesce(array_agg(g.note ORDER BY g.sequence), '{}')
                  FROM public.guidance_notes g WHERE g.session_id = r.session_id AND g.step_id = r.step_id) AS notes
          FROM public.step_results r
         WHERE r.session_id = ANY ($1)
         ORDER BY r.session_id, r.step_id
        """;

    // Rows of the original implementation have no sequence; their order is that of row numbers. Ours can be stored out of order.
    private const string Events = """
        SELECT newest.session_id::bigint AS session_id, newest.id::bigint AS id, newest.event, newest.created_at
          FROM unnest($1) AS wanted (session_id)
         CROSS JOIN LATERAL (
           SELECT e.session_id, e.id, e.sequence, e.event, e.created_at FROM public.trajectory_events e
            WHERE e.session_id = wanted.session_id
            ORDER BY e.sequence DESC NULLS LAST, e.id DESC LIMIT $2) AS newest
         ORDER BY newest.session_id, newest.sequence NULLS FIRST, newest.id
        """;

    public async Task<ImmutableArray<TrainingSession>> AddAsync(
        ImmutableArray<TrainingSession> sessions, TrainingFilter filter, CancellationToken cancellationToken)
    {
        var ids = sessions.Select(session => session.Id).ToArray();
        var steps = await StepsAsync(ids, cancellationToken).ConfigureAwait(false);
        var events = filter.IncludeEvents ? await EventsAsync(ids, filter.MostEvents, cancellationToken).ConfigureAwait(false) : null;
        return
        [
            .. sessions.Select(session => session with
            {
                Steps = [.. steps[session.Id]],
                Events = events is null ? [] : [.. events[session.Id]],
            }),
        ];
    }

    private async Task<ILookup<long, TrainingStep>> StepsAsync(long[] sessionIds, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand(Steps);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Longs(sessionIds);
        var rows = await command.ListAsync(row => (Session: row.Long("session_id"), Step: ReadStep(row)), cancellationToken).ConfigureAwait(false);
        return rows.ToLookup(row => row.Session, row => row.Step);
    }

    private async Task<ILookup<long, TrainingEvent>> EventsAsync(long[] sessionIds, int limit, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand(Events);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Longs(sessionIds).Int(limit);
        var rows = await command.ListAsync(
            row => (Session: row.Long("session_id"), Event: new TrainingEvent(row.Long("id"), row.Json("event"), row.Time("created_at"))),
            cancellationToken).ConfigureAwait(false);
        return rows.ToLookup(row => row.Session, row => row.Event);
    }

    private static TrainingStep ReadStep(NpgsqlDataReader row) => new(
        row.Int("step_id")!.Value,
        row.Text("trace"),
        row.Text("output"),
        row.Json("evaluation"),
        row.Int("attempts"),
        TrainingRows.Object(row.Json("metadata")),
        [.. row.Json("attempt_details")!.Value.EnumerateArray().Select(ReadAttempt)],
        [.. row.GetFieldValue<string[]>(row.GetOrdinal("notes"))]);

    private static TrainingAttempt ReadAttempt(JsonElement attempt)
    {
        var evaluation = attempt.GetProperty("evaluation");
        return new TrainingAttempt(
            attempt.GetProperty("attempt").GetInt32(),
            evaluation.ValueKind == JsonValueKind.Null ? null : JsonColumn.Decode(evaluation.GetRawText()));
    }
}
