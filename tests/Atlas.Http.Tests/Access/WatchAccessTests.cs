using System.Net;
using Atlas.Http.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Http.Tests.Access;

/// <summary>What a watch does to its API key, and the end of the key to the watch.</summary>
public sealed class WatchAccessTests(LockedApi api) : IClassFixture<LockedApi>
{
    [Fact]
    public async Task A_watch_ends_with_its_key()
    {
        var (key, record) = await api.CreateAsync("watcher");
        using var client = api.Client(key);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var response = await client.GetAsync($"v1/keys/{Api.NewKey().Escaped()}/watch", HttpCompletionOption.ResponseHeadersRead, limit.Token);
        await using var stream = await response.Content.ReadAsStreamAsync(limit.Token);
        await api.Keys.RevokeAsync(record.Id, "test");
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, limit.Token) > 0)
        {
        }

        Assert.False(limit.IsCancellationRequested);
    }

    [Fact]
    public async Task A_watch_sends_nothing_after_its_key_was_revoked()
    {
        var (watching, record) = await api.CreateAsync("watcher-with-patience");
        var (importing, _) = await api.CreateAsync("importer");
        var path = $"v1/keys/{Api.NewKey().Escaped()}";
        var (silo, address) = await Api.StartSiloAsync(api.Database.Address, "patient", "--Atlas:Api:HeartbeatSeconds=15");
        await using var stopped = silo;
        using var client = api.Client(watching);
        using var other = api.Client(importing);
        client.BaseAddress = other.BaseAddress = address;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var response = await client.GetAsync($"{path}/watch", HttpCompletionOption.ResponseHeadersRead, limit.Token);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));
        await api.Keys.RevokeAsync(record.Id, "test");
        await Eventually.TrueAsync(
            async () =>
            {
                using var refused = await client.GetAsync("v1/keys", limit.Token);
                return refused.StatusCode is HttpStatusCode.Unauthorized;
            },
            TimeSpan.FromSeconds(10), "the revoked key is refused");

        await other.PostAsync($"{path}/import", new { playbook = new { format = "atlas.playbook.v2", student = new[] { "Said too late." }, teacher = (string[]?)null, entries = Array.Empty<object>() } });

        Assert.DoesNotContain("Said too late.", await lines.ReadToEndAsync(limit.Token), StringComparison.Ordinal);
        await silo.StopAsync();
    }

    [Fact]
    public async Task Watches_that_wait_use_up_no_rate_limit()
    {
        var (key, _) = await api.CreateAsync("slow-watcher", rate: 1);
        using var client = api.Client(key);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var lines = new List<StreamReader>();
        for (var n = 0; n < 2; n++)
        {
            var response = await client.GetAsync($"v1/keys/{Api.NewKey().Escaped()}/watch", HttpCompletionOption.ResponseHeadersRead, limit.Token);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            lines.Add(new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token)));
        }

        // In the time of six heartbeats, three requests become possible again.
        for (var beats = 0; beats < 6;)
        {
            beats += await lines[0].ReadLineAsync(limit.Token) is ": alive" ? 1 : 0;
        }

        using var answer = await client.GetAsync("v1/keys?limit=1", limit.Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        lines.ForEach(line => line.Dispose());
    }
}
