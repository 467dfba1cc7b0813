using System.Text.Json;
using Atlas.Queries.Ledger;
using Atlas.Storage.Health;
using Atlas.Storage.Retention;
using Atlas.Storage.Tests.Sessions;
using Atlas.Testing;
using Xunit;

namespace Atlas.Storage.Tests.Retention;

/// <summary>What goes when its time is over, and what stays whatever its age.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private static readonly RetentionPolicy Policy = new() { Events = TimeSpan.FromDays(90), Sessions = TimeSpan.FromDays(365) };

    private SessionRoom _room = null!;
    private RetentionStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _room = await SessionRoom.OpenAsync();
        _store = new RetentionStore(_room.Database.DataSource);

        // Partitions of ten sessions, as a database of years has them: 1 to 10, 11 to 20, and the rest.
        await _room.Database.ExecuteAsync("""
            DROP TABLE trajectory_events_to_100002;
            CREATE TABLE trajectory_events_a PARTITION OF trajectory_events FOR VALUES FROM (MINVALUE) TO (11);
            CREATE TABLE trajectory_events_b PARTITION OF trajectory_events FOR VALUES FROM (11) TO (21);
            CREATE TABLE trajectory_events_c PARTITION OF trajectory_events FOR VALUES FROM (21) TO (100031);
            """);
    }

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task Nothing_goes_without_a_policy_or_before_its_time()
    {
        await StoreAsync(30, daysAgo: 89);

        Assert.Equal(new RetentionOutcome(0, 0, 0), await _store.ApplyAsync(new RetentionPolicy(), Now));
        Assert.Equal(new RetentionOutcome(0, 0, 0), await _store.ApplyAsync(Policy, Now));
        Assert.Equal(60, await EventsAsync());
    }

    [Fact]
    public async Task A_partition_whose_sessions_are_all_old_is_dropped_as_the_plan_said()
    {
        await StoreAsync(10, daysAgo: 100);
        await StoreAsync(20, daysAgo: 1);

        var plan = await _store.PlanAsync(Policy, Now);
        Assert.Equal(("trajectory_events_a", 20L, 0L), (plan.Partitions[0].Name, plan.Partitions[0].Events, plan.Partitions[0].KeptEvents));
        Assert.Equal((1, 0L, 0L), (plan.Partitions.Length, plan.SessionsWithoutEvents, plan.Sessions));
        Assert.Equal(60, await EventsAsync());

        Assert.Equal(new RetentionOutcome(1, 20, 0), await _store.ApplyAsync(Policy, Now));

        Assert.Equal(40, await EventsAsync());
        Assert.Equal(30, await _room.Database.ScalarAsync<long>("SELECT count(*) FROM sessions"));
        Assert.Null(await _room.Database.ScalarAsync<string>("SELECT to_regclass('trajectory_events_a')::text"));
        Assert.Equal(new RetentionOutcome(0, 0, 0), await _store.ApplyAsync(Policy, Now));
        Assert.Empty(await SchemaGuard.LookAsync(_room.Database.DataSource));
        Assert.Empty((await new LedgerAudit(_room.Database.DataSource).ProveAsync()).Faults);
    }

    [Fact]
    public async Task Old_events_among_younger_ones_go_one_by_one_a_quarter_later()
    {
        await StoreAsync(9, daysAgo: 100);
        await StoreAsync(21, daysAgo: 1);

        Assert.Equal(new RetentionOutcome(0, 0, 0), await _store.ApplyAsync(Policy, Now));
        Assert.Equal(9, (await _store.PlanAsync(Policy, Now.AddDays(14))).SessionsWithoutEvents);
        Assert.Equal(new RetentionOutcome(0, 18, 0), await _store.ApplyAsync(Policy, Now.AddDays(14)));
        Assert.Equal(42, await EventsAsync());
    }

    [Fact]
    public async Task What_a_living_playbook_cites_and_what_waits_to_teach_stays_unless_told_to_go()
    {
        await StoreAsync(30, daysAgo: 400);
        await _room.Database.ExecuteAsync("""
            INSERT INTO orleans.grain_state (service_id, grain_type, key_text, key_n0, key_n1, version, payload) VALUES
              ('atlas', 'learning-key', 'key', 0, 0, 1, '{"state": {"learning_key": "key", "version": 2, "served": {"version": 1}, "pending": [3]}, "outbox": []}');
            INSERT INTO learning_journal (learning_key, sequence, event_type, author, occurred_at, event) VALUES
              ('key', 1, 'synthesis_concluded', 'atlas', now(), '{"basis": {"cites": [4, 5], "gone": [6]}}');
            INSERT INTO playbook_versions (learning_key, version, cause, author, session_ids, student_text, content_sha256, entries, metadata, created_at) VALUES
              ('key', 1, 'synthesis', 'atlas', '{}', '', '', '[{"id": "cites"}]', '{}', now()),
              ('key', 2, 'synthesis', 'atlas', '{}', '', '', '[{"id": "other", "provenance": {"source_session_id": 25}}]', '{}', now());
            """);

        var plan = await _store.PlanAsync(Policy, Now);
        Assert.Equal((4L, 26L), (plan.Cited, plan.Sessions));
        Assert.Equal([(14L, 6L), (20L, 0L)], plan.Partitions.Select(part => (part.Events, part.KeptEvents)));

        var outcome = await _store.ApplyAsync(Policy, Now);
        Assert.Equal((2, 26L), (outcome.Partitions, outcome.Sessions));
        Assert.Equal("3 4 5 25", await _room.Database.ScalarAsync<string>("SELECT string_agg(id::text, ' ' ORDER BY id) FROM sessions"));
        Assert.Equal("3 3 4 4 5 5 25 25", await _room.Database.ScalarAsync<string>("SELECT string_agg(session_id::text, ' ' ORDER BY session_id) FROM trajectory_events"));
        Assert.Equal(new RetentionOutcome(0, 0, 0), await _store.ApplyAsync(Policy, Now));

        Assert.Equal(4, (await _store.ApplyAsync(Policy with { KeepCited = false }, Now)).Sessions);
        Assert.Equal(0, await EventsAsync());
    }

    [Fact]
    public async Task What_runs_or_is_not_told_to_its_key_yet_is_never_old()
    {
        await StoreAsync(28, daysAgo: 400);
        var running = await _room.StartAsync();
        var waiting = await _room.EndedAsync();
        await _room.Database.ExecuteAsync("UPDATE sessions SET created_at = now() - interval '400 days', completed_at = completed_at - interval '400 days'");

        Assert.Equal(28, (await _store.ApplyAsync(Policy, Now)).Sessions);
        Assert.Equal($"{running} {waiting}", await _room.Database.ScalarAsync<string>("SELECT string_agg(id::text, ' ' ORDER BY id) FROM sessions"));
    }

    [Fact]
    public async Task A_partition_that_somebody_reads_is_left_for_the_next_time()
    {
        await StoreAsync(10, daysAgo: 100);
        await StoreAsync(5, daysAgo: 1);
        await using (var reader = await _room.Database.DataSource.OpenConnectionAsync())
        {
            await using var held = await reader.BeginTransactionAsync();
            await using var read = new Npgsql.NpgsqlCommand("SELECT count(*) FROM trajectory_events", reader, held);
            await read.ExecuteScalarAsync();
            Assert.Equal(new RetentionOutcome(0, 0, 0), await _store.ApplyAsync(Policy, Now));
        }

        Assert.Equal(new RetentionOutcome(1, 20, 0), await _store.ApplyAsync(Policy, Now));
    }

    private async Task StoreAsync(int count, int daysAgo)
    {
        for (var i = 0; i < count; i++)
        {
            var id = await _room.StartAsync();
            await _room.Store.AppendEventsAsync(id, 0, [JsonElement.Parse("""{"n":0}"""), JsonElement.Parse("""{"n":1}""")]);
            await _room.Database.ExecuteAsync(
                "UPDATE sessions SET status = 'succeeded', final_answer = 'done', created_at = $2, completed_at = $2 WHERE id = $1", id, Now.AddDays(-daysAgo).UtcDateTime);
        }
    }

    private Task<long> EventsAsync() => _room.Database.ScalarAsync<long>("SELECT count(*) FROM trajectory_events");
}
