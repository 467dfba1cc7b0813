using System.Text.Json;
using Atlas.Cluster.Processes;
using Atlas.Domain.Json;
using Atlas.Learning.Journal;
using Atlas.Queries;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Cluster.Load;

/// <summary>Compares what clients were told with what the database holds: nothing lost, nothing twice, no holes.</summary>
internal static class Ledger
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="cluster">The cluster, with at least one silo that serves.</param>
    /// <param name="sessions">What clients were told.</param>
    public static async Task DemandAsync(SiloCluster cluster, IReadOnlyCollection<SessionRecordKept> sessions)
    {
        await Eventually.TrueAsync(
            async () => await cluster.ScalarAsync<long>("SELECT count(*) FROM learning_outbox") == 0, Patience, "an empty outbox");
        await Eventually.TrueAsync(
            async () => await cluster.ScalarAsync<long>(
                "SELECT coalesce(sum(jsonb_array_length(payload #> '{state,pending}')), 0)::bigint FROM orleans.grain_state WHERE grain_type = 'learning-key'") == 0,
            Patience,
            "no session that waits");
        await DemandCountedOnceAsync(cluster, sessions);
        await DemandEventsAsync(cluster, sessions);
        await DemandKeysAsync(cluster);
    }

    private static async Task DemandCountedOnceAsync(SiloCluster cluster, IReadOnlyCollection<SessionRecordKept> sessions)
    {
        var counted = await ReadAsync(
            cluster,
            "SELECT session_id, count(*)::int FROM learning_journal WHERE event_type = 'session_observed' GROUP BY session_id",
            row => (Id: row.GetInt64(0), Times: row.GetInt32(1)));
        var times = counted.ToDictionary(row => row.Id, row => row.Times);
        Assert.All(
            sessions.Where(session => session.Completed),
            session => Assert.True(times.GetValueOrDefault(session.Id) == 1, $"Session {session.Id} of {session.Key} was counted {times.GetValueOrDefault(session.Id)} times."));
        Assert.All(counted, row => Assert.Equal(1, row.Times));
        Assert.Equal(
            counted.Count, await cluster.ScalarAsync<long>("SELECT count(*) FROM sessions WHERE status <> 'running' AND stored_learning_key IS NOT NULL"));
    }

    private static async Task DemandEventsAsync(SiloCluster cluster, IReadOnlyCollection<SessionRecordKept> sessions)
    {
        var stored = await ReadAsync(
            cluster,
            "SELECT session_id::bigint, sequence, coalesce(event #>> '{payload,data,output}', '') FROM trajectory_events ORDER BY session_id, sequence",
            row => (Id: row.GetInt64(0), Sequence: row.GetInt32(1), Message: row.GetString(2)));
        var bySession = stored.ToLookup(row => row.Id);
        Assert.All(sessions, session =>
        {
            var events = bySession[session.Id].ToList();
            Assert.Equal(Enumerable.Range(0, events.Count), events.Select(item => item.Sequence));
            Assert.Equal(session.Events, events.Take(session.Events.Count).Select(item => item.Message));
        });
    }

    private static async Task DemandKeysAsync(SiloCluster cluster)
    {
        var queries = new PlaybookQueries(cluster.Database);
        var keys = await ReadAsync(
            cluster,
            "SELECT DISTINCT payload #>> '{state,learning_key}' FROM orleans.grain_state WHERE grain_type = 'learning-key'",
            row => row.GetString(0));
        foreach (var key in keys)
        {
            var stored = (await queries.FindStateAsync(key))!.State;
            var state = stored.Deserialize<LearningKeyState>(AtlasJson.Options)!;
            var journal = await queries.JournalAsync(key, limit: int.MaxValue);
            Assert.Equal(Enumerable.Range(1, journal.Length).Select(number => (long)number), journal.Select(item => item.Event.GetProperty("sequence").GetInt64()));
            Assert.Equal(state.Revision, journal.Length);
            Assert.Equal(state.SessionsObserved, journal.Count(item => item.Event.GetProperty("type").GetString() == "session_observed"));

            var folded = LearningKeyFold.Apply(
                LearningKeyState.Empty with { LearningKey = key },
                journal.Select(item => item.Event.Deserialize<LearningKeyEvent>(AtlasJson.Options)!));
            Assert.True(JsonElement.DeepEquals(JsonSerializer.SerializeToElement(folded, AtlasJson.Options), stored), $"The state of {key} is not the fold of its journal.");

            var versions = await ReadAsync(
                cluster, "SELECT version, coalesce(student_text, '') FROM playbook_versions WHERE learning_key = $1 ORDER BY version", row => (row.GetInt32(0), row.GetString(1)), key);
            Assert.Equal(Enumerable.Range(1, state.Version), versions.Select(version => version.Item1));
            if (state.Version > 0)
            {
                Assert.Equal(versions[^1].Item2, await cluster.ScalarAsync<string>("SELECT coalesce(student_learning, '') FROM learning_registry WHERE learning_key = $1", key));
            }
        }
    }

    private static async Task<List<T>> ReadAsync<T>(SiloCluster cluster, string sql, Func<NpgsqlDataReader, T> read, params object[] parameters)
    {
        await using var command = cluster.Database.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
