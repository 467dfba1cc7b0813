using System.Text.Json;
using Atlas.Domain;
using Atlas.Learning.Economics;
using Atlas.Learning.Options;
using Atlas.Proxy.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Proxy.Tests.Economics;

/// <summary>What is told of prompt caches: how much of them is used with and without a playbook, and what a change will cost.</summary>
public sealed class ChangeCostTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    private static readonly TokenPrice Price = new() { InputPerMillion = 2 };

    private House House => shared.House;

    [Theory]
    // One writer: what sessions share is written once. The difference of 1.25 and 0.1 times two dollars, a million times.
    [InlineData(InjectionMode.Prefix, 1_000_000, 0, 10, 4_000, 1_000_000, 2.3)]
    // Behind the client's own prompt only the playbook's 1,000 tokens break.
    [InlineData(InjectionMode.Suffix, 1_000_000, 0, 10, 4_000, 1_000, 0.0023)]
    // 3,600 sessions an hour, each first call two seconds long: two more begin before the first has written.
    [InlineData(InjectionMode.Suffix, 1_000_000, 3_600, 2, 4_000, 3_000, 0.0069)]
    // Nothing is shared, so nothing breaks.
    [InlineData(InjectionMode.Prefix, 0, 3_600, 2, 4_000, 0, 0)]
    public void A_change_costs_what_sessions_share(InjectionMode mode, double shares, double perHour, double seconds, int given, long tokens, double usd)
    {
        var cost = ChangeCost.Of([new CacheTraffic("openai", "gpt", 20, perHour, shares, seconds, Price)], given, mode);
        Assert.Equal((tokens, (decimal?)usd, 20L), (cost.Tokens, cost.Usd, cost.Sessions));
        Assert.DoesNotContain("unknown", cost.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_traffic_or_prices_it_says_so()
    {
        Assert.Contains("unknown", ChangeCost.Of([], 100, InjectionMode.Suffix).Summary, StringComparison.Ordinal);
        var unpriced = ChangeCost.Of([new CacheTraffic("openai", "gpt", 1, 0, 100, 1, null)], 100, InjectionMode.Prefix);
        Assert.Null(unpriced.Usd);
        Assert.Contains("the configuration does not contain", unpriced.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_from_the_cache_cost_a_tenth_and_written_ones_a_quarter_more_unless_the_configuration_says_otherwise()
    {
        Assert.Equal(2m + (0.2m * 2) + (2.5m * 3), Price.Of(6_000_000, 0, 2_000_000, 3_000_000));
        Assert.Equal(3m, new TokenPrice { InputPerMillion = 2, CachedInputPerMillion = 1, CacheWritePerMillion = 2 }.Of(2_000_000, 0, 1_000_000));
    }

    [Fact]
    public async Task The_traffic_of_a_key_tells_its_share_by_version_and_what_another_one_costs()
    {
        var key = House.NewKey();
        var address = $"proxy/k/{Uri.EscapeDataString(key)}/local/chat/completions";
        House.Upstream.Answer = (context, _) => Replies.Chat("Done.", cached: 8)(context);
        foreach (var name in new[] { "before", "after" })
        {
            using var answer = await House.PostAsync(address, """{"model":"gpt-5.1","messages":[{"role":"user","content":"hi"}]}""", ("x-session-affinity", name));
            var session = answer.Head("x-atlas-session-id")!;
            using var end = await House.PostAsync($"v1/sessions/{session}/complete", """{"status":"succeeded"}""");
            await end.TextAsync();
            var call = (await House.EventsAsync(session, "model_call"))[0].GetProperty("data");
            Assert.Equal(2, call.GetProperty("input").GetProperty("price").GetProperty("input_per_million").GetDouble());

            // 12 tokens at 2 dollars, 8 at a tenth of it, 5 out at 10.
            Assert.Equal((12m * 2 + 8 * 0.2m + 5 * 10) / 1_000_000, call.GetProperty("output").GetProperty("cost_usd").GetDecimal());
            await House.TeachAsync(key, "Check the date first.");
        }

        var report = JsonElement.Parse(await House.Client.GetStringAsync($"v1/keys/{Uri.EscapeDataString(key)}/report"));
        var shares = report.GetProperty("prompt_caches").Deserialize<CacheShare[]>(Atlas.Domain.Json.AtlasJson.Options)!;
        Assert.Equal([(0, false, 1L, 20L, 8L), (1, true, 1L, 20L, 8L)], shares.Select(share => (share.Version, share.Injected, share.Sessions, share.InputTokens, share.CachedTokens)));

        var cost = JsonElement.Parse(await House.Client.GetStringAsync($"v1/keys/{Uri.EscapeDataString(key)}/change-cost"));
        Assert.Equal(2, cost.GetProperty("sessions").GetInt32());
        Assert.InRange(cost.GetProperty("tokens").GetInt32(), 8, 100);
        Assert.True(cost.GetProperty("usd").GetDecimal() > 0);
        Assert.Contains("prompt caches", await House.Client.GetStringAsync($"key?key={Uri.EscapeDataString(key)}"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("will be rewritten", await House.Client.GetStringAsync($"key/change?key={Uri.EscapeDataString(key)}&do=rollback&version=0"), StringComparison.Ordinal);
        await Eventually.TrueAsync(
            async () => (await House.Client.GetStringAsync("metrics")).Split('\n').Any(line =>
                line.StartsWith("atlas_proxy_tokens_cached", StringComparison.Ordinal) && line.Contains($"learning_key=\"{key}\"", StringComparison.Ordinal) && line.Contains("version=\"1\"", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(20), "the metric has key and version");
    }
}
