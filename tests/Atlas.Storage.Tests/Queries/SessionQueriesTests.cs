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
    public async Task A_search_says_where_it_ended_and_goes_on_from_there()
    {
        await using var room = await SessionRoom.OpenAsync();
        var ids = new List<long>();
        for (var i = 0; i < 7; i++)
        {
            ids.Add(await room.StartAsync("one", metadata: i is 0 or 5 ? """{"tags":"red"}""" : "{}"));
            await room.StartAsync("two", metadata: """{"tags":"red"}""");
        }

        var filter = new SessionFilter { LearningKey = "one", Tag = "red", Limit = 3 };
        var newest = await room.Sessions.SearchAsync(filter, 3);
        var middle = await room.Sessions.SearchAsync(filter with { BeforeId = newest.End!.Id }, 3);
        var oldest = await room.Sessions.SearchAsync(filter with { BeforeId = middle.End!.Id }, 3);

        Assert.Equal(ids[5], Assert.Single(newest.Sessions).Id);
        Assert.Equal((ids[4], 0, ids[1]), (newest.End.Id, middle.Sessions.Length, middle.End.Id));
        Assert.Equal(ids[0], Assert.Single(oldest.Sessions).Id);
        Assert.Null(oldest.End);
        Assert.Null((await room.Sessions.SearchAsync(filter with { Limit = 1 }, 3)).End);
        Assert.Null((await room.Sessions.SearchAsync(filter with { Tag = null, Limit = 50 }, 3)).End);
        Assert.Equal([ids[5], ids[0]], (await room.Sessions.ListAsync(filter)).Select(session => session.Id));
    }

    [Fact]
    public async Task Every_filter_can_be_searched_with_any_other()
    {
        await using var room = await SessionRoom.OpenAsync();
        var id = await room.EndedAsync("one", 0.5);
        await room.EndedAsync("two", 0.5);
        await room.Database.ExecuteAsync("""
            UPDATE sessions SET playbook_version = 3, metadata = metadata || '{"tags":["red"],"drift":{"alert":true}}',
                                given = '{"given":{"a":"1"},"withheld":{"b":"2"},"arm":{"experiment":4,"is_new":true}}' WHERE id = $1;
            """, id);
        var began = (await room.Sessions.FindAsync(id))!.Summary.CreatedAt;
        Func<SessionFilter, SessionFilter>[] fits =
        [
            f => f with { LearningKey = "one" }, f => f with { Status = SessionStatus.Succeeded }, f => f with { ReviewStatus = ReviewStatus.Pending }, f => f with { Tag = "red" },
            f => f with { KeyPrefix = "on" }, f => f with { ExceptKeyPrefix = "tw" }, f => f with { Entry = "a" }, f => f with { Withheld = "b" }, f => f with { PlaybookVersion = 3 },
            f => f with { Experiment = 4, InNewArm = true }, f => f with { DriftAlert = true }, f => f with { From = began }, f => f with { Until = began.AddSeconds(1) }, f => f with { BeforeId = id + 1 },
        ];
        foreach (var one in fits)
        {
            foreach (var other in fits)
            {
                Assert.Contains(id, (await room.Sessions.SearchAsync(one(other(new SessionFilter())), 100)).Sessions.Select(session => session.Id));
                Assert.DoesNotContain(id, (await room.Sessions.SearchAsync(one(other(new SessionFilter())) with { Entry = "c" }, 100)).Sessions.Select(session => session.Id));
            }
        }

        Assert.Empty(await room.Sessions.ListAsync(new() { LearningKey = "one", DriftAlert = false }));
        Assert.Empty(await room.Sessions.ListAsync(new() { WaitsFor = SessionWait.Judge }));
        Assert.Empty(await room.Sessions.ListAsync(new() { LearningKey = "one", Until = began }));
    }

    [Fact]
    public async Task An_entry_that_no_session_gets_is_not_withheld_at_random()
    {
        await using var room = await SessionRoom.OpenAsync();
        var (drawn, barred) = (await room.StartAsync("one"), await room.StartAsync("one"));
        await room.Database.ExecuteAsync("""
            UPDATE sessions SET given = '{"given":{"a":"1"},"withheld":{"b":"2"}}', assignment = jsonb_build_object('barred', CASE WHEN id = $1 THEN '["b"]' ELSE '["c"]' END::jsonb)
            """, barred);

        Assert.Equal([drawn], (await room.Sessions.ListAsync(new() { LearningKey = "one", Withheld = "b" })).Select(session => session.Id));
        Assert.Equal(["b"], (await room.Sessions.FindAsync(barred))!.Barred);
    }

    [Fact]
    public async Task Sessions_of_some_days_are_paged_by_when_they_began()
    {
        await using var room = await SessionRoom.OpenAsync();
        var late = await room.StartAsync("one");
        var early = await room.StartAsync("one");
        await room.Database.ExecuteAsync("UPDATE sessions SET created_at = '2024-03-01Z' WHERE id = $1", late);
        await room.Database.ExecuteAsync("UPDATE sessions SET created_at = '2024-02-01Z' WHERE id = $1", early);
        var filter = new SessionFilter { LearningKey = "one", From = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), Limit = 1 };

        Assert.Equal(late, Assert.Single(await room.Sessions.ListAsync(filter)).Id);
        Assert.Equal(early, Assert.Single(await room.Sessions.ListAsync(filter with { BeforeId = late })).Id);
        Assert.Empty(await room.Sessions.ListAsync(filter with { BeforeId = early }));
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
