using System.Text.Json.Nodes;
using Atlas.Storage.Tests.Learning;
using Atlas.Storage.Tests.Sessions;
using Xunit;

namespace Atlas.Storage.Tests.Queries;

public sealed class PlaybookQueriesTests
{
    [Fact]
    public async Task A_key_is_listed_with_what_its_state_and_its_journal_say()
    {
        await using var room = await SessionRoom.OpenAsync();
        await room.EndedAsync("key");
        var key = new KeyState(room.Database, "key");
        key.State["sessions_applied"] = 1;
        key.State["pending"] = new JsonArray(12L);
        key.State["playbook"]!["entries"] = new JsonArray(new JsonObject(), new JsonObject());
        await key.WriteAsync(KeyState.Observed(1, 11), KeyState.Observed(2, 12), KeyState.Changed(3, 1, "text", 11));
        await new KeyState(room.Database, "other").WriteAsync();

        var keys = await room.Playbooks.ListKeysAsync();

        Assert.Equal(["key", "other"], keys.Select(summary => summary.LearningKey));
        Assert.Equal(
            (1, 2L, 1L, 1L, 1L, 2),
            (keys[0].Version, keys[0].SessionsObserved, keys[0].SessionsApplied, keys[0].Pending, keys[0].Queued, keys[0].Entries));
        Assert.Equal((0, 0L, (long?)null, (long?)null), (keys[1].Version, keys[1].SessionsObserved, keys[1].SessionsApplied, keys[1].Pending));
        Assert.Equal(["other"], (await room.Playbooks.ListKeysAsync(after: "key")).Select(summary => summary.LearningKey));
    }

    [Fact]
    public async Task Versions_and_journal_come_in_pages()
    {
        await using var room = await SessionRoom.OpenAsync();
        await new KeyState(room.Database, "key").WriteAsync(
            KeyState.Changed(1, 1, "one"), KeyState.Changed(2, 2, "two"), KeyState.Changed(3, 3, "three"));

        Assert.Equal([3, 2], (await room.Playbooks.ListVersionsAsync("key", limit: 2)).Select(version => version.Version));
        Assert.Equal([1], (await room.Playbooks.ListVersionsAsync("key", before: 2)).Select(version => version.Version));
        Assert.Equal("two", (await room.Playbooks.FindVersionAsync("key", 2))!.StudentText);
        Assert.Equal("entry-1", (await room.Playbooks.FindVersionAsync("key", 2))!.Entries[0].GetProperty("id").GetString());
        Assert.Null(await room.Playbooks.FindVersionAsync("key", 4));
        Assert.Equal([2, 3], (await room.Playbooks.JournalAsync("key", after: 1)).Select(e => e.Sequence));
        Assert.Null(await room.Playbooks.FindStateAsync("another"));
    }
}
