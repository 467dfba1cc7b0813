using Atlas.Domain;
using System.Text.Json;
using Atlas.Queries;
using Atlas.Storage.Tests.Sessions;
using Xunit;

namespace Atlas.Storage.Tests.Queries;

public sealed class SessionQueriesTests
{
    [Fact]
    public async Task Pages_hold_every_session_once_though_new_ones_arrive()
    {
        await using var room = await SessionRoom.OpenAsync();
        var ids = new List<long>();
        for (var i = 0; i < 7; i++)
        {
            ids.Add(await room.StartAsync());
        }

        var seen = new List<long>();
        long? before = null;
        while (await room.Sessions.ListAsync(new SessionFilter { Limit = 3, BeforeId = before }) is { Length: > 0 } page)
        {
            seen.AddRange(page.Select(session => session.Id));
            before = page[^1].Id;
            await room.StartAsync();
        }

        Assert.Equal(ids.AsEnumerable().Reverse(), seen);
    }

    [Fact]
    public async Task Filters_by_key_status_and_review()
    {
        await using var room = await SessionRoom.OpenAsync();
        var running = await room.StartAsync("one");
        var approved = await room.EndedAsync("one", 0.75, "approved");
        var pending = await room.EndedAsync("one");
        await room.EndedAsync("two");
        await room.Store.AppendEventsAsync(running, 0, [JsonElement.Parse("{}"), JsonElement.Parse("{}")]);

        Assert.Equal([pending, approved, running], await IdsAsync(new() { LearningKey = "one" }));
        Assert.Equal([approved], await IdsAsync(new() { LearningKey = "one", ReviewStatus = ReviewStatus.Approved }));
        Assert.Equal([running], await IdsAsync(new() { Status = SessionStatus.Running }));
        Assert.Equal(2, (await room.Sessions.ListAsync(new() { Status = SessionStatus.Running }))[0].EventCount);
        Assert.Equal(0.75, (await room.Sessions.ListAsync(new() { ReviewStatus = ReviewStatus.Approved }))[0].Reward);

        async Task<IEnumerable<long>> IdsAsync(SessionFilter filter) => (await room.Sessions.ListAsync(filter)).Select(session => session.Id);
    }

    [Fact]
    public async Task A_tag_may_stand_alone_or_in_a_list()
    {
        await using var room = await SessionRoom.OpenAsync();
        var listed = await room.StartAsync(metadata: """{"tags":["red","blue"]}""");
        var alone = await room.StartAsync(metadata: """{"tags":"red"}""");
        await room.StartAsync(metadata: """{"tags":7}""");
        await room.StartAsync();

        Assert.Equal([alone, listed], (await room.Sessions.ListAsync(new() { Tag = "red" })).Select(session => session.Id));
    }

    [Fact]
    public async Task Rows_of_the_original_are_read_with_their_double_encoded_JSON()
    {
        await using var room = await SessionRoom.OpenAsync();
        await room.Database.ExecuteAsync("""
            INSERT INTO sessions (task, metadata, reward) VALUES ('old', to_jsonb('{"source":"old"}'::text), '{"score":"n/a"}');
            INSERT INTO trajectory_events (session_id, event) VALUES (1, '{"n":1}'), (1, to_jsonb('{"n":2}'::text));
            """);

        var session = (await room.Sessions.FindAsync(1))!;

        Assert.Equal("old", session.Metadata!.Value.GetProperty("source").GetString());
        Assert.Null(session.Summary.Reward);
        Assert.Equal([1, 2], session.Events.Select(e => e.Event!.Value.GetProperty("n").GetInt32()));
        Assert.Null(await room.Sessions.FindAsync(2));
    }
}
