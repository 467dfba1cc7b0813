using Atlas.Benchmarks.Histories;
using Atlas.Grains.LearningKeys;
using Atlas.Hosting.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace Atlas.Benchmarks.Silo;

/// <summary>Fills a database with the data of a learning key after a number of sessions.</summary>
/// <remarks>The state is exact. Session records and journal have as many rows as they would have, with the same keys and indexes, but short
/// ones: neither resolving nor counting a session reads them.</remarks>
internal static class HistoryRows
{
    // The state's trigger creates the journal's first row and the playbook's first version.
    private const string StateSql = """
        INSERT INTO orleans.grain_state (service_id, grain_type, key_n0, key_n1, key_text, version, payload)
        VALUES ('atlas', 'learning-key', 0, 0, $1, 1, convert_from($2, 'UTF8')::jsonb)
        """;

    private const string JournalSql = """
        INSERT INTO public.learning_journal (learning_key, sequence, event_type, session_id, author, occurred_at, event)
        SELECT $1, 1 + n + (n - 1) / $4, 'session_observed', n * $3, 'runtime', $5 + n * interval '1 minute',
               jsonb_build_object('type', 'session_observed', 'session_id', n * $3, 'teaches', true)
          FROM generate_series(1, $2) AS s (n)
        UNION ALL
        SELECT $1, 1 + n * $4 + n, 'synthesis_concluded', NULL, 'synthesizer:benchmark', $5 + n * $4 * interval '1 minute',
               jsonb_build_object('type', 'synthesis_concluded', 'outcome', 'unchanged')
          FROM generate_series(1, $2 / $4) AS s (n)
        """;

    private const string SessionsSql = """
        INSERT INTO public.sessions (id, task, status, metadata, reward_stats, review_status, playbook_version, created_at, completed_at)
        SELECT n * $3, 'Refund an order', 'succeeded', jsonb_build_object('learning_key', $1::text),
               jsonb_build_object('score', 0.75), 'approved', 1, $5 + n * interval '1 minute', $5 + n * interval '1 minute'
          FROM generate_series(1, $2) AS s (n)
        """;

    public static async Task FillAsync(NpgsqlDataSource database, string learningKey, int sessions)
    {
        var record = LearningKeyRecord.Of(KeyHistory.After(learningKey, sessions), [KeyHistory.First]);
        await using (var state = database.CreateCommand(StateSql))
        {
            state.Parameters.Add(new() { Value = learningKey });
            state.Parameters.Add(new() { Value = new JsonGrainStorageSerializer().Serialize(record).ToArray(), NpgsqlDbType = NpgsqlDbType.Bytea });
            await state.ExecuteNonQueryAsync();
        }

        await SecondaryIndexes.WithoutAsync(database, ["public.learning_journal", "public.sessions"], async () =>
        {
            foreach (var sql in (string[])[JournalSql, SessionsSql])
            {
                await using var rows = database.CreateCommand(sql);
                rows.CommandTimeout = 600;
                rows.Parameters.Add(new() { Value = learningKey });
                rows.Parameters.Add(new() { Value = sessions });
                rows.Parameters.Add(new() { Value = SampleSessions.IdsPerSession });
                rows.Parameters.Add(new() { Value = KeyHistory.SessionsPerSynthesis });
                rows.Parameters.Add(new() { Value = SampleSessions.Epoch });
                await rows.ExecuteNonQueryAsync();
            }
        });
    }
}
