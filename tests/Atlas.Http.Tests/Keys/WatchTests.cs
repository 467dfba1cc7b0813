using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Atlas.Http.Tests.Harness;
using Xunit;

namespace Atlas.Http.Tests.Keys;

[Collection(ApiCollection.Name)]
public sealed class WatchTests(Api api)
{
    [Fact]
    public async Task A_watch_sends_the_current_playbook_then_each_new_one_and_signs_of_life_between()
    {
        var key = Api.NewKey();
        await ImportAsync(key, "One.");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var response = await api.Client.GetAsync($"v1/keys/{key.Escaped()}/watch", HttpCompletionOption.ResponseHeadersRead, limit.Token);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        await using var stream = await response.Content.ReadAsStreamAsync(limit.Token);
        await using var events = SseParser.Create(stream).EnumerateAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        Assert.Equal(1, await NextVersionAsync(events));
        await ImportAsync(key, "Two.");
        Assert.Equal(2, await NextVersionAsync(events));
    }

    [Fact]
    public async Task Who_comes_back_is_sent_only_what_is_new()
    {
        var key = Api.NewKey();
        await ImportAsync(key, "One.");
        using var current = await api.Client.GetAsync($"v1/keys/{key.Escaped()}/playbook");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/keys/{key.Escaped()}/watch");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", current.Headers.ETag!.ToString().Trim('"'));
        using var response = await api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));

        // The first thing to come is a sign of life, not the playbook that is known.
        var seen = new List<string>();
        while (!seen.Contains(": alive"))
        {
            seen.Add((await lines.ReadLineAsync(limit.Token))!);
        }

        Assert.DoesNotContain(seen, line => line.StartsWith("data:", StringComparison.Ordinal));
        await ImportAsync(key, "Two.");
        while (!seen[^1].StartsWith("data:", StringComparison.Ordinal))
        {
            seen.Add((await lines.ReadLineAsync(limit.Token))!);
        }

        Assert.Contains("Two.", seen[^1], StringComparison.Ordinal);
    }

    private async Task ImportAsync(string key, string line) => await api.Client.PostAsync(
        $"v1/keys/{key.Escaped()}/import",
        new { playbook = new { format = "atlas.playbook.v2", student = new[] { line }, teacher = (string[]?)null, entries = Array.Empty<object>() } },
        HttpStatusCode.OK);

    private static async Task<long> NextVersionAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("playbook", events.Current.EventType);
        return JsonElement.Parse(events.Current.Data).Number("version");
    }
}
