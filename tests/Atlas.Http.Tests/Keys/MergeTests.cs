using System.Net;
using System.Text.Json;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Http.Tests.Harness;
using Xunit;

namespace Atlas.Http.Tests.Keys;

/// <summary>Entries that say the same, over HTTP.</summary>
[Collection(TryingCollection.Name)]
public sealed class MergeTests(TryingApi api)
{
    [Fact]
    public async Task Two_entries_are_merged_once_and_the_merged_one_comes_back_as_it_was()
    {
        var (key, path) = await KeyAsync();
        var merge = new { kept = "check", entry = "look", reason = "they say the same" };
        var merged = await api.Client.PostAsync($"{path}/entries/merge", merge, HttpStatusCode.OK, ("Idempotency-Key", "merge"));
        Assert.True(merged.GetProperty("changed").GetBoolean());
        Assert.Equal(merged.Number("version"), (await api.Client.PostAsync($"{path}/entries/merge", merge, HttpStatusCode.OK, ("Idempotency-Key", "merge"))).Number("version"));
        var entries = await api.Client.GetAsync($"{path}/entries", HttpStatusCode.OK);
        Assert.Equal(["check"], entries.GetProperty("entries").EnumerateArray().Select(entry => entry.Text("id")));
        Assert.Equal("check", Assert.Single(entries.GetProperty("merged").EnumerateArray()).Text("kept"));

        (await api.Client.PostAsync($"{path}/entries/merge", merge, HttpStatusCode.NotFound)).IsProblem("entry-not-found");
        (await api.Client.PostAsync($"{path}/entries/merge", new { kept = "check", entry = "check" }, HttpStatusCode.UnprocessableEntity)).IsProblem("refused");
        (await api.Client.PostAsync($"{path}/entries/unmerge", new { entry = "nowhere" }, HttpStatusCode.NotFound)).IsProblem("entry-not-found");
        (await api.Client.PostAsync($"{path}/entries/merge", new { kept = "check" }, HttpStatusCode.BadRequest)).IsProblem("invalid-request");
        (await api.Client.PostAsync($"v1/keys/{Api.NewKey().Escaped()}/entries/merge", merge, HttpStatusCode.NotFound)).IsProblem("key-not-found");
        (await api.Client.PostAsync($"v1/keys/{Api.NewKey().Escaped()}/entries/unmerge", new { entry = "look" }, HttpStatusCode.NotFound)).IsProblem("key-not-found");

        await api.Client.PostAsync($"{path}/entries/unmerge", new { entry = "look", reason = "they are two rules" });
        entries = await api.Client.GetAsync($"{path}/entries", HttpStatusCode.OK);
        Assert.Equal(["check", "look"], entries.GetProperty("entries").EnumerateArray().Select(entry => entry.Text("id")).Order());
        var noted = (await api.Client.GetAsync("v1/audit?limit=50", HttpStatusCode.OK)).GetRawText();
        Assert.Contains("\"MergeEntries\"", noted, StringComparison.Ordinal);
        Assert.Contains("\"UnmergeEntry\"", noted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_are_not_merged_while_something_else_is_decided()
    {
        var (_, path) = await KeyAsync();
        await api.Client.PostAsync($"{path}/experiments", new { first_version = 0, new_version = 1 });
        (await api.Client.PostAsync($"{path}/entries/merge", new { kept = "check", entry = "look" }, HttpStatusCode.Conflict)).IsProblem("experiment-running");
        await api.Client.PostAsync($"{path}/experiments/1/stop", new { });
        await api.Client.PostAsync($"{path}/freeze", new { });
        (await api.Client.PostAsync($"{path}/entries/merge", new { kept = "check", entry = "look" }, HttpStatusCode.Conflict)).IsProblem("key-frozen");
    }

    [Fact]
    public async Task The_client_with_nothing_but_an_address_merges_too()
    {
        await using var atlas = await AtlasClient.ConnectAsync(new AtlasClientOptions { Address = api.Address.AbsoluteUri, CacheOnDisk = false, LinksDiscovery = false });
        var (key, path) = await KeyAsync();
        var by = new Attribution("ann", "they say the same");
        Assert.True((await atlas.MergeEntriesAsync(key, "check", "look", by)).Changed);
        Assert.Single((await api.Client.GetAsync($"{path}/entries", HttpStatusCode.OK)).GetProperty("entries").EnumerateArray());
        Assert.True((await atlas.UnmergeEntryAsync(key, "look", by)).Changed);
        Assert.Equal(2, (await api.Client.GetAsync($"{path}/entries", HttpStatusCode.OK)).GetProperty("entries").GetArrayLength());
    }

    private async Task<(string Key, string Path)> KeyAsync()
    {
        var key = Api.NewKey("merge");
        var path = $"v1/keys/{key.Escaped()}";
        object Entry(string id, string imperative) => new { id, audience = "student", cue = new { type = "keyword", pattern = "refund" }, action = new { imperative } };
        await api.Client.PostAsync($"{path}/import", new
        {
            playbook = new { format = "atlas.playbook.v2", student = new[] { "Be kind." }, teacher = (string[]?)null, entries = new[] { Entry("check", "Check the date of purchase first"), Entry("look", "Look at the date of purchase before all else") } },
        });
        return (key, path);
    }
}
