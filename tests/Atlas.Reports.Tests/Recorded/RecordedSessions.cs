using Atlas.Import;
using Atlas.Testing;
using Npgsql;

namespace Atlas.Reports.Tests.Recorded;

/// <summary>Stores recorded runs as sessions, a second apart, in their order.</summary>
internal static class RecordedSessions
{
    public static async Task StoreAsync(TestDatabase database, string key, IEnumerable<RecordedRun> runs)
    {
        var all = runs.ToList();
        await using var command = database.DataSource.CreateCommand("""
            INSERT INTO sessions (task, status, metadata, reward, reward_stats, created_at)
            SELECT task, 'succeeded', metadata::jsonb || jsonb_build_object('learning_key', $1), jsonb_build_object('score', score),
                   jsonb_build_object('score', score), '2026-03-01'::timestamptz + place * interval '1 second'
              FROM unnest($2, $3, $4) WITH ORDINALITY AS t (task, metadata, score, place) ORDER BY place
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = key });
        command.Parameters.Add(new NpgsqlParameter { Value = all.Select(run => run.Task).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = all.Select(run => run.Metadata.GetRawText()).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = all.Select(run => run.Score!.Value).ToArray() });
        await command.ExecuteNonQueryAsync();
    }
}
