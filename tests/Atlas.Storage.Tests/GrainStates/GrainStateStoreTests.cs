using System.Text;
using Atlas.Storage.GrainStates;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Storage.Tests.GrainStates;

public sealed class GrainStateStoreTests
{
    [Fact]
    public async Task Writes_of_many_grains_share_few_statements()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var store = new GrainStateStore(database.DataSource, "test");
        var keys = Enumerable.Range(0, 200).Select(Key).ToArray();

        var versions = await WhileBlockedAsync(database, () => keys.Select(key => store.WriteAsync(key, null, Json(key.N1))).ToArray());

        Assert.All(versions, version => Assert.Equal(1, version));
        Assert.InRange(store.Batches, 1, 10);
        foreach (var key in keys)
        {
            var stored = await store.ReadAsync(key);
            Assert.Equal((1, $$"""{"n": {{key.N1}}}"""), (stored!.Version, Encoding.UTF8.GetString(stored.Json!)));
        }
    }

    [Fact]
    public async Task A_stale_write_changes_nothing_and_hinders_no_other()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var store = new GrainStateStore(database.DataSource, "test", new() { Pumps = 1 });
        await store.WriteAsync(Key(1), null, Json(1));

        var versions = await WhileBlockedAsync(database, () =>
        [
            store.WriteAsync(Key(0), null, Json(0)),
            store.WriteAsync(Key(1), null, Json(100)),
            store.WriteAsync(Key(2), null, Json(2)),
            store.WriteAsync(Key(1), 7, Json(101)),
            store.WriteAsync(Key(1), 1, Json(102)),
            store.WriteAsync(Key(1), 1, Json(103)),
        ]);

        Assert.Equal([1, null, 1, null, 2, null], versions);
        Assert.Equal("""{"n": 102}""", Encoding.UTF8.GetString((await store.ReadAsync(Key(1)))!.Json!));
    }

    [Fact]
    public async Task Only_the_state_that_the_database_refuses_fails()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var store = new GrainStateStore(database.DataSource, "test", new() { Pumps = 1 });
        await store.WriteAsync(LearningKey("counted"), null, LearningState("counted", sequence: 1, sessionId: 5));
        var good = new List<Task<int?>>();
        Task<int?> nameless = null!, foreign = null!, twice = null!, broken = null!;

        await WhileBlockedAsync(database, () =>
        {
            good.AddRange(Enumerable.Range(0, 20).Select(number => store.WriteAsync(Key(number), null, Json(number))));
            nameless = store.WriteAsync(new GrainStateKey("learning-key", 0, 3, ""), null, Json(1));
            foreign = store.WriteAsync(LearningKey("mine"), null, LearningState("yours", 1, 6));
            twice = store.WriteAsync(LearningKey("counted"), 1, LearningState("counted", sequence: 2, sessionId: 5));
            broken = store.WriteAsync(Key(99), null, "{"u8.ToArray());
            good.AddRange(Enumerable.Range(20, 20).Select(number => store.WriteAsync(Key(number), null, Json(number))));
            return [.. good];
        });

        Assert.Equal("grain_state_exact_learning_key", (await Assert.ThrowsAsync<PostgresException>(() => nameless)).ConstraintName);
        Assert.Contains("\"yours\" would overwrite that of \"mine\"", (await Assert.ThrowsAsync<PostgresException>(() => foreign)).MessageText);
        Assert.Equal("learning_journal_counted_key", (await Assert.ThrowsAsync<PostgresException>(() => twice)).ConstraintName);
        Assert.Equal("22P02", (await Assert.ThrowsAsync<PostgresException>(() => broken)).SqlState);
        Assert.All(await Task.WhenAll(good), version => Assert.Equal(1, version));
        Assert.Equal(1, await database.ScalarAsync<long>("SELECT count(*) FROM learning_journal"));
    }

    [Fact]
    public async Task Reading_and_clearing_come_after_a_write_that_was_begun_before()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var store = new GrainStateStore(database.DataSource, "test");
        await store.WriteAsync(Key(1), null, Json(1));
        await store.WriteAsync(Key(2), null, Json(1));
        Task<StoredGrainState?> read = null!;
        Task<int?> clear = null!;

        await WhileBlockedAsync(database, () =>
        {
            Task<int?>[] writes = [store.WriteAsync(Key(1), 1, Json(2)), store.WriteAsync(Key(2), 1, Json(2))];
            read = store.ReadAsync(Key(1));
            clear = store.ClearAsync(Key(2), 2);
            return writes;
        });

        Assert.Equal(2, (await read)!.Version);
        Assert.Equal(3, await clear);
        Assert.Equal(new StoredGrainState(null, 3), await store.ReadAsync(Key(2)));
        Assert.Null(await store.ClearAsync(Key(2), 2));
        Assert.Equal(4, await store.WriteAsync(Key(2), 3, Json(4)));
    }

    [Fact]
    public async Task Batches_keep_within_their_bounds()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var store = new GrainStateStore(
            database.DataSource, "test", new() { Pumps = 1, MaxRowsPerBatch = 10, MaxBytesPerBatch = 5_000 });

        // The first write is under way alone; then ten by ten, and the large ones two by two.
        var small = await WhileBlockedAsync(database, () =>
            Enumerable.Range(0, 41).Select(number => store.WriteAsync(Key(number), null, Json(number))).ToArray());
        Assert.Equal((41, 5L), (small.Count(version => version == 1), store.Batches));
        var large = await WhileBlockedAsync(database, () =>
            Enumerable.Range(100, 9).Select(number => store.WriteAsync(Key(number), null, Large(2_400))).ToArray());
        Assert.Equal((9, 10L), (large.Count(version => version == 1), store.Batches));
        Assert.Equal(1, await store.WriteAsync(Key(200), null, Large(20_000)));
    }

    [Fact]
    public async Task Shutting_down_stores_what_waits_and_takes_no_more()
    {
        await using var database = await TestDatabase.CreateAsync();
        var store = new GrainStateStore(database.DataSource, "test");
        ValueTask shutdown = default;

        var versions = await WhileBlockedAsync(database, () =>
        {
            var writes = Enumerable.Range(0, 100).Select(number => store.WriteAsync(Key(number), null, Json(number))).ToArray();
            shutdown = store.DisposeAsync();
            return writes;
        });
        await shutdown;

        Assert.All(versions, version => Assert.Equal(1, version));
        Assert.Equal(100, await database.ScalarAsync<long>("SELECT count(*) FROM orleans.grain_state"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.WriteAsync(Key(1), 1, Json(1)));
    }

    [Fact]
    public async Task A_database_that_went_away_fails_the_writes_and_serves_again_when_it_is_back()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var store = new GrainStateStore(database.DataSource, "test");
        await store.WriteAsync(Key(1), null, Json(1));

        var failed = WhileBlockedAsync(database, () => [store.WriteAsync(Key(1), 1, Json(2))], terminate: true);

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => failed);
        Assert.Equal(2, await store.WriteAsync(Key(1), 1, Json(3)));
    }

    private static GrainStateKey Key(int number) => new("test", 0, number, "");

    private static GrainStateKey LearningKey(string name) => new("learning-key", 0, 0, name);

    private static byte[] Json(long number) => Encoding.UTF8.GetBytes($$"""{"n":{{number}}}""");

    private static byte[] Large(int bytes) => Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', bytes - 11)}}"}""");

    private static byte[] LearningState(string owner, long sequence, long sessionId) => Encoding.UTF8.GetBytes($$"""
        {"state": {"learning_key": "{{owner}}"},
         "outbox": [{"type": "session_observed", "sequence": {{sequence}}, "session_id": {{sessionId}}, "at": "2026-03-04T09:15:22Z"}]}
        """);

    // The statements under way wait for the table, so that the writes behind them have to gather.
    private static async Task<int?[]> WhileBlockedAsync(TestDatabase database, Func<Task<int?>[]> begin, bool terminate = false)
    {
        await using var blocker = await database.DataSource.OpenConnectionAsync();
        await using var block = await blocker.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("LOCK TABLE orleans.grain_state IN SHARE MODE", blocker, block))
        {
            await command.ExecuteNonQueryAsync();
        }

        var writes = begin();
        await Eventually.TrueAsync(
            async () => await database.ScalarAsync<long>(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") > 0,
            TimeSpan.FromMinutes(1),
            "A write that waits for the table");
        Assert.DoesNotContain(writes, write => write.IsCompleted);
        if (terminate)
        {
            await database.ExecuteAsync(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
        }

        await block.CommitAsync();
        return await Task.WhenAll(writes);
    }
}
