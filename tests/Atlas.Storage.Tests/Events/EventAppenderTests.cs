using Atlas.Storage.Json;
using System.Text.Json;
using Atlas.Storage.Sessions;
using Atlas.Storage.Tests.Sessions;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Storage.Tests.Events;

public sealed class EventAppenderTests
{
    [Fact]
    public async Task Appends_of_many_sessions_share_few_statements_and_keep_their_order()
    {
        await using var room = await SessionRoom.OpenAsync();
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => room.StartAsync()));

        // Both pumps wait for the table, so that the appends have to gather.
        await using (var blocker = await room.Database.DataSource.OpenConnectionAsync())
        {
            await using var block = await blocker.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("LOCK TABLE trajectory_events IN SHARE MODE", blocker, block);
            await command.ExecuteNonQueryAsync();
            var appends = ids.SelectMany(id => Enumerable.Range(0, 10).Select(
                    i => room.Store.AppendEventsAsync(id, i * 2, [JsonElement.Parse($$"""{"n":{{i * 2}}}"""), JsonElement.Parse($$"""{"n":{{(i * 2) + 1}}}""")])))
                .ToArray();
            Assert.DoesNotContain(appends, append => append.IsCompleted);
            await block.CommitAsync();
            await Task.WhenAll(appends);
        }

        Assert.InRange(room.Appender.Batches, 1, 20);
        foreach (var id in ids)
        {
            var events = await room.Sessions.EventsAsync(id, 0, 100);
            Assert.Equal(Enumerable.Range(0, 20), events.Select(e => e.Event!.Value.GetProperty("n").GetInt32()));
            Assert.Equal(Enumerable.Range(0, 20), events.Select(e => e.Sequence!.Value));
        }
    }

    [Fact]
    public async Task Repeating_an_append_changes_nothing()
    {
        await using var room = await SessionRoom.OpenAsync();
        var id = await room.StartAsync();
        await room.Store.AppendEventsAsync(id, 0, [JsonElement.Parse("""{"n":0}"""), JsonElement.Parse("""{"n":1}""")]);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(
            _ => room.Store.AppendEventsAsync(id, 1, [JsonElement.Parse("""{"n":"other"}"""), JsonElement.Parse("""{"n":2}""")])));

        Assert.Equal(["0", "1", "2"], (await room.Sessions.EventsAsync(id, 0, 10)).Select(e => e.Event!.Value.GetProperty("n").ToString()));
        Assert.Equal(3, (await room.Store.LoadForGrainAsync(id))!.NextSequence);
    }

    [Fact]
    public async Task Only_the_append_that_cannot_be_stored_fails()
    {
        await using var room = await SessionRoom.OpenAsync(appender: new() { Pumps = 1 });
        var id = await room.StartAsync();

        // The first one is under way alone while the others gather behind it.
        await using var blocker = await room.Database.DataSource.OpenConnectionAsync();
        await using var block = await blocker.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("LOCK TABLE trajectory_events IN SHARE MODE", blocker, block);
        await command.ExecuteNonQueryAsync();
        var good = Enumerable.Range(0, 10).Select(i => room.Store.AppendEventsAsync(id, i, [JsonElement.Parse("{}")])).ToArray();
        var unknown = room.Store.AppendEventsAsync(404, 0, [JsonElement.Parse("{}")]);
        var tooLarge = room.Store.AppendEventsAsync(id, 100, [JsonElement.Parse($$"""{"n":{{new string('9', 200_000)}}}""")]);
        var after = room.Store.AppendEventsAsync(id, 10, [JsonElement.Parse("{}")]);
        await block.CommitAsync();

        await Task.WhenAll([.. good, after]);
        Assert.Equal(404, (await Assert.ThrowsAsync<UnknownSessionException>(() => unknown)).SessionId);
        await Assert.ThrowsAsync<PostgresException>(() => tooLarge);
        Assert.Equal(11, (await room.Sessions.EventsAsync(id, 0, 100)).Length);
    }

    [Fact]
    public async Task An_event_that_is_no_object_is_named_and_nothing_of_its_append_is_stored()
    {
        await using var room = await SessionRoom.OpenAsync();
        var id = await room.StartAsync();

        var failure = await Assert.ThrowsAsync<InvalidRecordException>(() => room.Store.AppendEventsAsync(id, 5, [JsonElement.Parse("{}"), JsonElement.Parse("[]")]));

        Assert.Equal($"Event 6 of session {id} is a JSON array; a JSON object was expected.", failure.Message);
        Assert.Empty(await room.Sessions.EventsAsync(id, 0, 10));
    }

    [Fact]
    public async Task What_jsonb_refuses_is_taken_out_of_an_event()
    {
        await using var room = await SessionRoom.OpenAsync();
        var id = await room.StartAsync();

        await room.Store.AppendEventsAsync(id, 0, [JsonElement.Parse("""{"a":"x\u0000y","b":"\ud83d\ude00","c":"\udc00","d":-1e400,"e":[1e400]}""")]);

        var stored = Assert.Single(await room.Sessions.EventsAsync(id, 0, 10)).Event!.Value;
        Assert.Equal(
            ("xy", "\U0001F600", "\uFFFD", "", "[null]"),
            (stored.GetProperty("a").GetString(), stored.GetProperty("b").GetString(), stored.GetProperty("c").GetString(),
                stored.GetProperty("d").ToString(), stored.GetProperty("e").GetRawText().Replace(" ", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_full_queue_makes_callers_wait_and_they_may_give_up()
    {
        await using var room = await SessionRoom.OpenAsync(appender: new() { Pumps = 1, Capacity = 1 });
        var id = await room.StartAsync();
        await using var blocker = await room.Database.DataSource.OpenConnectionAsync();
        await using var block = await blocker.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("LOCK TABLE trajectory_events IN SHARE MODE", blocker, block);
        await command.ExecuteNonQueryAsync();
        var underWay = room.Store.AppendEventsAsync(id, 0, [JsonElement.Parse("{}")]);
        await Eventually.TrueAsync(() => IsWaitingAsync(room), TimeSpan.FromSeconds(20), "An append that waits for the table");
        var queued = room.Store.AppendEventsAsync(id, 1, [JsonElement.Parse("{}")]);

        using var impatience = new CancellationTokenSource();
        var impatient = room.Store.AppendEventsAsync(id, 99, [JsonElement.Parse("{}")], impatience.Token);
        Assert.False(impatient.IsCompleted);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        await block.CommitAsync();
        await Task.WhenAll(underWay, queued);

        Assert.Equal([0, 1], (await room.Sessions.EventsAsync(id, 0, 10)).Select(e => e.Sequence!.Value));
    }

    [Fact]
    public async Task Shutting_down_stores_what_waits_and_takes_no_more()
    {
        await using var room = await SessionRoom.OpenAsync();
        var id = await room.StartAsync();
        var appends = Enumerable.Range(0, 50).Select(i => room.Store.AppendEventsAsync(id, i, [JsonElement.Parse("{}")])).ToArray();

        await room.Appender.DisposeAsync();

        await Task.WhenAll(appends);
        Assert.Equal(50, (await room.Sessions.EventsAsync(id, 0, 100)).Length);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => room.Store.AppendEventsAsync(id, 50, [JsonElement.Parse("{}")]));
    }

    [Fact]
    public async Task A_lost_connection_fails_the_append_and_the_next_one_succeeds()
    {
        await using var room = await SessionRoom.OpenAsync(appender: new() { Pumps = 1 });
        var id = await room.StartAsync();
        await using var blocker = await room.Database.DataSource.OpenConnectionAsync();
        await using var block = await blocker.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("LOCK TABLE trajectory_events IN SHARE MODE", blocker, block);
        await command.ExecuteNonQueryAsync();
        var append = room.Store.AppendEventsAsync(id, 0, [JsonElement.Parse("{}")]);
        await Eventually.TrueAsync(() => IsWaitingAsync(room), TimeSpan.FromSeconds(20), "An append that waits for the table");
        await room.Database.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {Waiting}");
        await block.CommitAsync();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => append);
        await room.Store.AppendEventsAsync(id, 0, [JsonElement.Parse("{}")]);
        Assert.Single(await room.Sessions.EventsAsync(id, 0, 10));
    }

    private const string Waiting = "datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INTO public.trajectory_events%'";

    private static Task<bool> IsWaitingAsync(SessionRoom room) =>
        room.Database.ScalarAsync<bool>($"SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE {Waiting})");
}
