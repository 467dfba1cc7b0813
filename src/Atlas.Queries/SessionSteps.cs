using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Queries;

/// <summary>Reads the steps of a session with their attempts and guidance.</summary>
internal static class SessionSteps
{
    private const string Query = """
        SELECT r.step_id, r.trace, r.output, r.evaluation, r.attempts, r.metadata,
               (SELECT coalesce(jsonb_agg(jsonb_build_object('attempt', a.attempt, 'evaluation', a.evaluation) ORDER BY a.attempt), '[]')
                  FROM public.step_attempts a WHERE a.session_id = r.session_id AND a.step_id = r.step_id) AS attempt_details,
               (SELECT coalesce(array_agg(g.note ORDER BY g.sequence), '{}')
                  FROM public.guidance_notes g WHERE g.session_id = r.session_id AND g.step_id = r.step_id) AS notes
          FROM public.step_results r
         WHERE r.session_id = $1
         ORDER BY r.step_id
        """;

    public static async Task<ImmutableArray<StepDetail>> ReadAsync(
        NpgsqlDataSource dataSource, long sessionId, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand(Query);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId);
        return await command.ListAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    private static StepDetail Read(NpgsqlDataReader row) => new(
        row.Int("step_id")!.Value,
        row.Text("trace"),
        row.Text("output"),
        row.Json("evaluation"),
        row.Int("attempts"),
        row.Json("metadata"),
        [.. row.Json("attempt_details")!.Value.EnumerateArray().Select(ReadAttempt)],
        [.. row.GetFieldValue<string[]>(row.GetOrdinal("notes"))]);

    private static AttemptDetail ReadAttempt(JsonElement attempt)
    {
        var evaluation = attempt.GetProperty("evaluation");
        return new AttemptDetail(
            attempt.GetProperty("attempt").GetInt32(),
            evaluation.ValueKind == JsonValueKind.Null ? null : JsonColumn.Decode(evaluation.GetRawText()));
    }
}
