using Npgsql;
using NpgsqlTypes;

namespace Atlas.Benchmarks.Load;

/// <summary>Stores a session as the original does: one statement after the other on a pooled connection, each committed separately and none
/// prepared, and the events one by one.</summary>
internal sealed class RowByRow(NpgsqlDataSource database)
{
    private const string Json = """{"learning_key":"rows","tags":["benchmark"],"incident_id":null}""";

    /// <param name="key">The learning key whose registry row is written.</param>
    /// <param name="registryJson">The contents of that row.</param>
    public async Task StoreAsync(string key, string registryJson)
    {
        // Cast from text and not prepared, as the original's driver is set up.
        await RunAsync("SELECT student_learning, metadata FROM rows_registry WHERE learning_key = $1", key);
        var id = (long)(await RunAsync("INSERT INTO sessions (task, metadata) VALUES ($1, $2::jsonb) RETURNING id", "Refund an order", Json))!;
        await RunAsync("INSERT INTO plans (session_id, plan) VALUES ($1, $2::jsonb) ON CONFLICT (session_id) DO UPDATE SET plan = excluded.plan",
            id, """{"steps":[{"id":1,"description":"Look the order up and refund it."}]}""");
        await RunAsync("""
            INSERT INTO step_results (session_id, step_id, trace, output, evaluation, attempts, metadata)
            VALUES ($1, 1, 'trace', 'Done.', '{"score":0.75}'::jsonb, 1, '{}'::jsonb)
            ON CONFLICT (session_id, step_id) DO UPDATE SET trace = excluded.trace
            """, id);
        await RunAsync("DELETE FROM step_attempts WHERE session_id = $1 AND step_id = 1", id);
        await RunAsync("INSERT INTO step_attempts (session_id, step_id, attempt, evaluation) VALUES ($1, 1, 1, '{\"score\":0.75}'::jsonb)", id);
        await RunAsync("DELETE FROM guidance_notes WHERE session_id = $1 AND step_id = 1", id);
        await RunAsync("INSERT INTO guidance_notes (session_id, step_id, sequence, note) VALUES ($1, 1, 1, 'Quote the record.')", id);
        await RunAsync("UPDATE sessions SET reward = $2::jsonb, reward_stats = $2::jsonb WHERE id = $1", id, """{"score":0.75}""");
        await RunAsync("SELECT reward_stats FROM sessions WHERE reward_stats IS NOT NULL ORDER BY created_at DESC LIMIT 50");
        await RunAsync("UPDATE sessions SET review_status = 'approved' WHERE id = $1", id);
        await RunAsync("UPDATE sessions SET metadata = $2::jsonb WHERE id = $1", id, Json);
        foreach (var happened in SampleEvents.All)
        {
            await RunAsync("INSERT INTO trajectory_events (session_id, event) VALUES ($1, $2::jsonb)", id, happened);
        }

        await RunAsync("""
            INSERT INTO rows_registry (learning_key, student_learning, metadata) VALUES ($1, 'text', $2::jsonb)
            ON CONFLICT (learning_key) DO UPDATE SET metadata = excluded.metadata, updated_at = now()
            """, key, registryJson);
        await RunAsync("UPDATE sessions SET status = 'succeeded', final_answer = 'Done.', completed_at = now() WHERE id = $1", id);
    }

    /// <summary>Creates the table that represents the original's registry; here it is a view.</summary>
    public Task PrepareAsync() => RunAsync(
        "CREATE TABLE rows_registry (learning_key text PRIMARY KEY, student_learning text, metadata jsonb, updated_at timestamptz DEFAULT now())");

    private async Task<object?> RunAsync(string sql, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value, NpgsqlDbType = value switch { int => NpgsqlDbType.Integer, long => NpgsqlDbType.Bigint, _ => NpgsqlDbType.Text } });
        }

        return await command.ExecuteScalarAsync();
    }
}
