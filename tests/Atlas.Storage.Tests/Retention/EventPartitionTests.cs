using System.Text.Json;
using Atlas.Queries.Ledger;
using Atlas.Storage.Health;
using Atlas.Storage.Migrations;
using Atlas.Storage.Retention;
using Atlas.Storage.Sessions;
using Atlas.Storage.Tests.Sessions;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Storage.Tests.Retention;

public sealed class EventPartitionTests
{
    private const string Partitions = "SELECT string_agg(name || ' ' || coalesce(first_id::text, '-') || ' ' || coalesce(end_id::text, '-'), ', ' ORDER BY end_id) FROM orleans.event_partition";

    [Fact]
    public async Task A_table_of_before_becomes_the_first_partition_with_all_its_rows()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        var scripts = EmbeddedScripts.All.ToList();
        var at = scripts.FindIndex(script => script.Name.Contains("event_partitions", StringComparison.Ordinal));
        await MigrationRunner.ApplyAsync(database.DataSource, scripts[..at], default);
        await database.ExecuteAsync("""
            INSERT INTO sessions (task) SELECT 't' FROM generate_series(1, 7);
            INSERT INTO trajectory_events (session_id, sequence, event) SELECT s, n, jsonb_build_object('n', n) FROM generate_series(1, 7) s, generate_series(0, 4) n;
            INSERT INTO trajectory_events (session_id, event) VALUES (3, '{"n": "of the original"}');
            """);
        const string Sum = "SELECT md5(string_agg(id || ' ' || session_id || ' ' || coalesce(sequence, -1) || ' ' || event::text || created_at, ',' ORDER BY id)) FROM trajectory_events";
        var before = await database.ScalarAsync<string>(Sum);

        await MigrationRunner.ApplyAsync(database.DataSource);

        Assert.Equal(before, await database.ScalarAsync<string>(Sum));
        Assert.Equal("trajectory_events_before - 8, trajectory_events_to_100008 8 100008, trajectory_events_rest - -", await database.ScalarAsync<string>(Partitions));
        Assert.Empty(await SchemaGuard.LookAsync(database.DataSource));
        await database.ExecuteAsync("INSERT INTO sessions (task) VALUES ('t'); INSERT INTO trajectory_events (session_id, sequence, event) VALUES (7, 5, '{}'), (8, 0, '{}')");
        Assert.Equal(38, await database.ScalarAsync<long>("SELECT count(DISTINCT id) FROM trajectory_events"));
        await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync("INSERT INTO trajectory_events (session_id, sequence, event) VALUES (7, 5, '{}')"));
        await database.ExecuteAsync("DROP TABLE orleans.schema_version");
        Assert.Equal(EmbeddedScripts.All.Count, (await MigrationRunner.ApplyAsync(database.DataSource)).Applied.Length);
        Assert.Equal(38, await database.ScalarAsync<long>("SELECT count(*) FROM trajectory_events"));
    }

    [Fact]
    public async Task A_partition_is_made_before_it_is_needed_and_once_by_many_silos()
    {
        await using var room = await SessionRoom.OpenAsync();
        var store = new RetentionStore(room.Database.DataSource);

        Assert.Null(await store.MakePartitionAsync());
        await room.Database.ExecuteAsync("SELECT setval('sessions_id_seq', 60000)");
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.MakePartitionAsync()));

        Assert.Equal("trajectory_events_to_200002", Assert.Single(made, name => name is not null));
        Assert.Equal(
            "trajectory_events_to_100002 - 100002, trajectory_events_to_200002 100002 200002, trajectory_events_rest - -", await room.Database.ScalarAsync<string>(Partitions));
    }

    [Fact]
    public async Task Events_that_came_before_their_partition_are_moved_into_it()
    {
        await using var room = await SessionRoom.OpenAsync();
        await room.Database.ExecuteAsync("SELECT setval('sessions_id_seq', 150000)");
        var id = await room.StartAsync();
        await room.Store.AppendEventsAsync(id, 0, [JsonElement.Parse("""{"n":0}"""), JsonElement.Parse("""{"n":1}""")]);
        Assert.Equal(2, await room.Database.ScalarAsync<long>("SELECT count(*) FROM ONLY trajectory_events_rest"));

        Assert.NotNull(await new RetentionStore(room.Database.DataSource).MakePartitionAsync());

        Assert.Equal(0, await room.Database.ScalarAsync<long>("SELECT count(*) FROM ONLY trajectory_events_rest"));
        Assert.Equal([0, 1], (await room.Sessions.EventsAsync(id, 0, 10)).Select(e => e.Sequence!.Value));
        await room.Store.AppendEventsAsync(id, 1, [JsonElement.Parse("{}"), JsonElement.Parse("{}")]);
        Assert.Equal(3, (await room.Store.LoadForGrainAsync(id))!.NextSequence);
    }

    [Fact]
    public async Task While_a_long_reader_holds_the_tables_events_are_stored_all_the_same()
    {
        await using var room = await SessionRoom.OpenAsync();
        await room.Database.ExecuteAsync("SELECT setval('sessions_id_seq', 150000)");
        await using var reader = await room.Database.DataSource.OpenConnectionAsync();
        await using var held = await reader.BeginTransactionAsync();
        await using (var read = new NpgsqlCommand("SELECT count(*) FROM trajectory_events", reader, held))
        {
            await read.ExecuteScalarAsync();
        }

        Assert.Null(await new RetentionStore(room.Database.DataSource).MakePartitionAsync());
        var id = await room.StartAsync();
        await room.Store.AppendEventsAsync(id, 0, [JsonElement.Parse("{}")]);
        await held.CommitAsync();

        Assert.NotNull(await new RetentionStore(room.Database.DataSource).MakePartitionAsync());
        Assert.Single(await room.Sessions.EventsAsync(id, 0, 10));
    }

    [Fact]
    public async Task Events_go_with_a_session_that_somebody_deletes_also_those_that_come_at_that_moment()
    {
        await using var room = await SessionRoom.OpenAsync();
        var id = await room.StartAsync();
        await room.Store.AppendEventsAsync(id, 0, [JsonElement.Parse("{}")]);

        // The append waits for the session that is being deleted, and finds it gone.
        await using var connection = await room.Database.DataSource.OpenConnectionAsync();
        await using var deletion = await connection.BeginTransactionAsync();
        await using (var delete = new NpgsqlCommand($"DELETE FROM sessions WHERE id = {id}", connection, deletion))
        {
            await delete.ExecuteNonQueryAsync();
        }

        var late = room.Store.AppendEventsAsync(id, 1, [JsonElement.Parse("{}")]);
        await Eventually.TrueAsync(
            () => room.Database.ScalarAsync<bool>(
                "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INTO public.trajectory_events%')"),
            TimeSpan.FromSeconds(20), "An append that waits");
        await deletion.CommitAsync();

        await Assert.ThrowsAsync<UnknownSessionException>(() => late);
        Assert.Equal(0, await room.Database.ScalarAsync<long>("SELECT count(*) FROM trajectory_events"));
    }

    [Fact]
    public async Task The_ledger_finds_events_without_a_session()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("INSERT INTO trajectory_events (session_id, event) VALUES (404, '{}'), (404, '{}')");

        var report = await new LedgerAudit(database.DataSource).ProveAsync();

        Assert.Equal("2 events belong to session 404, which is not there (trajectory_events).", Assert.Single(report.Faults).Sentence);
    }
}
