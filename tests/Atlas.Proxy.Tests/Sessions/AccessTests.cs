using System.Net;
using System.Text.Json;
using Atlas.Proxy.Tests.Harness;
using Atlas.Storage.Access;
using Atlas.Testing;
using Xunit;

namespace Atlas.Proxy.Tests.Sessions;

/// <summary>Who may call, in whose name, and for how much.</summary>
public sealed class AccessTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    private const string Body = """{"model":"gpt-5.1","max_tokens":1000,"messages":[{"role":"user","content":"hi"}]}""";

    private House House => shared.House;

    [Fact]
    public async Task A_key_of_ours_never_reaches_the_upstream_wherever_it_stands()
    {
        House.Upstream.Answer = (context, _) => Replies.Chat("Done.")(context);
        var key = await House.CreateKeyAsync("caller");
        using var client = House.NewClient();
        foreach (var (name, value, passed) in new[] { ("Authorization", $"Bearer {key}", "sk-other"), ("x-api-key", key, null), ("x-atlas-api-key", key, "sk-other") })
        {
            (string, string)[] headers = [(name, value), .. passed is null || name == "Authorization" ? [] : new[] { ("Authorization", $"Bearer {passed}") }];
            using var answer = await House.SendAsync(client, "proxy/openai/v1/chat/completions", Body, headers);
            await answer.TextAsync();
            Assert.DoesNotContain(House.Upstream.Last.Headers.Values, sent => sent.Contains(key, StringComparison.Ordinal));
            Assert.Equal(name == "x-atlas-api-key" ? "Bearer sk-other" : null, House.Upstream.Last.Header("Authorization"));
        }

        foreach (var wrong in new[] { null, "sk-other", key[..^2] })
        {
            using var refused = await House.SendAsync(client, "proxy/openai/v1/chat/completions", Body, wrong is null ? [] : [("Authorization", $"Bearer {wrong}")]);
            Assert.Contains("API key", await refused.TextAsync(HttpStatusCode.Unauthorized), StringComparison.Ordinal);
        }

        var reader = await House.CreateKeyAsync("reader", scopes: ["read"]);
        using var forbidden = await House.SendAsync(client, "proxy/anthropic/v1/messages", Body, ("x-api-key", reader));
        Assert.Equal("permission_error", JsonElement.Parse(await forbidden.TextAsync(HttpStatusCode.Forbidden)).GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_same_id_of_a_client_is_another_session_for_another_key_or_tenant_and_the_same_after_rotation()
    {
        House.Upstream.Answer = (context, _) => Replies.Chat("Done.")(context);
        var learningKey = House.NewKey();
        async Task<string> SessionAsync(string apiKey)
        {
            using var client = House.NewClient(apiKey);
            using var answer = await House.SendAsync(client, $"proxy/k/{Uri.EscapeDataString(learningKey)}/openai/v1/chat/completions", Body, ("x-session-affinity", "shared"));
            await answer.TextAsync();
            return answer.Head("x-atlas-session-id")!;
        }

        var mine = await SessionAsync(await House.CreateKeyAsync("mine"));
        Assert.Equal(mine, await SessionAsync(await House.CreateKeyAsync("mine")));
        var sessions = new[] { mine, await SessionAsync(await House.CreateKeyAsync("yours")), await SessionAsync(await House.CreateKeyAsync("mine", tenant: "acme")), await SessionAsync(await House.CreateKeyAsync("mine", tenant: "globex")) };
        Assert.Equal(4, sessions.Distinct().Count());
    }

    [Fact]
    public async Task A_number_or_an_answer_of_somebody_else_leads_to_no_session()
    {
        var learningKey = House.NewKey();
        House.Upstream.Answer = (context, _) => Replies.Response("Done.", "resp_owned")(context);
        var path = $"proxy/k/{Uri.EscapeDataString(learningKey)}/openai/v1/responses";
        using var owner = House.NewClient(await House.CreateKeyAsync("owner"));
        using var stranger = House.NewClient(await House.CreateKeyAsync("stranger"));
        using var first = await House.SendAsync(owner, path, """{"model":"m","input":"hi"}""");
        await first.TextAsync();
        var session = first.Head("x-atlas-session-id")!;
        await House.Database.DataSource.WaitForAsync("SELECT count(*) FROM session_responses WHERE response_id = 'resp_owned'");
        using var refused = await House.SendAsync(stranger, path, """{"model":"m","input":"hi"}""", ("x-atlas-session-id", session));
        await refused.TextAsync(HttpStatusCode.NotFound);
        using var other = await House.SendAsync(stranger, path, """{"model":"m","input":"hi","previous_response_id":"resp_owned"}""");
        await other.TextAsync();
        Assert.NotEqual(session, other.Head("x-atlas-session-id"));
        using var again = await House.SendAsync(owner, path, """{"model":"m","input":"hi","previous_response_id":"resp_owned"}""");
        Assert.Equal(session, again.Head("x-atlas-session-id"));
    }

    [Fact]
    public async Task The_learning_key_of_an_API_key_is_the_last_rung_and_its_prefix_confines_it()
    {
        House.Upstream.Answer = (context, _) => Replies.Chat("Done.")(context);
        using var client = House.NewClient(await House.CreateKeyAsync("support", prefix: "support/", defaultKey: "support/refunds"));
        using var answer = await House.SendAsync(client, "proxy/openai/v1/chat/completions", Body);
        await answer.TextAsync();
        using var reading = House.NewClient();
        Assert.Equal("support/refunds", await House.Database.ScalarAsync<string>("SELECT stored_learning_key FROM sessions WHERE id = $1", long.Parse(answer.Head("x-atlas-session-id")!)));
        Assert.Equal("key:/support", await House.Database.ScalarAsync<string>("SELECT paid_by FROM sessions WHERE id = $1", long.Parse(answer.Head("x-atlas-session-id")!)));
        using var refused = await House.SendAsync(client, "proxy/k/sales/openai/v1/chat/completions", Body);
        Assert.Contains("limited to learning keys that begin with 'support/'", await refused.TextAsync(HttpStatusCode.Forbidden), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_budget_that_does_not_suffice_refuses_a_call_before_the_upstream_is_asked_and_what_was_taken_is_counted()
    {
        House.Upstream.Answer = (context, _) => Replies.Chat("Done.")(context);
        var budgets = new BudgetStore(House.Database.DataSource);
        await budgets.SetAsync(BudgetStore.OfKey("", "spender"), 1_500, null);
        using var client = House.NewClient(await House.CreateKeyAsync("spender"));
        foreach (var path in new[] { "proxy/local/chat/completions", "proxy/openai/v1/responses", "proxy/anthropic/v1/messages" })
        {
            using var fits = await House.SendAsync(client, path, Body.Replace("1000", "900", StringComparison.Ordinal));
            await fits.TextAsync();
            await Eventually.TrueAsync(
                async () => (await budgets.ListAsync([BudgetStore.OfKey("", "spender")]))[0].Tokens is >= 25 and < 500, TimeSpan.FromSeconds(20), "what the call took is counted in the place of what was reserved");
        }

        var before = House.Upstream.Requests.Count;
        using var refused = await House.SendAsync(client, "proxy/openai/v1/responses", """{"model":"m","max_output_tokens":2000,"input":"hi"}""");
        Assert.Contains("The budget of this API key for today is not sufficient", await refused.TextAsync(HttpStatusCode.TooManyRequests), StringComparison.Ordinal);
        Assert.NotNull(refused.Head("Retry-After"));
        Assert.Equal(before, House.Upstream.Requests.Count);
    }

    [Fact]
    public async Task Who_has_no_budget_is_counted_all_the_same_in_tokens_and_dollars()
    {
        House.Upstream.Answer = (context, _) => Replies.Chat("Done.")(context);
        using var client = House.NewClient(await House.CreateKeyAsync("counted", tenant: "thrifty"));
        for (var call = 0; call < 3; call++)
        {
            using var answer = await House.SendAsync(client, "proxy/local/chat/completions", Body);
            await answer.TextAsync();
        }

        var budgets = new BudgetStore(House.Database.DataSource);
        await Eventually.TrueAsync(
            async () => (await budgets.ListAsync(["tenant:thrifty"])) is [{ Tokens: 75, Usd: 0.0002268m }], TimeSpan.FromSeconds(20), "three calls of 25 tokens are counted, eight of each from the cache");
    }
}

internal static class Waiting
{
    public static Task WaitForAsync(this Npgsql.NpgsqlDataSource database, string count) => Eventually.TrueAsync(
        async () =>
        {
            await using var command = database.CreateCommand(count);
            return (long)(await command.ExecuteScalarAsync())! > 0;
        },
        TimeSpan.FromSeconds(20), count);
}
