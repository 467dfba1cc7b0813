using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Atlas.Proxy.Budgets;
using Atlas.Proxy.Tests.Harness;
using Atlas.Proxy.Tests.Sessions;
using Atlas.Storage.Access;
using Atlas.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Atlas.Proxy.Tests.Budgets;

/// <summary>What a call takes from a budget: no way around it, nothing lost, and nothing kept that was not used.</summary>
public sealed partial class BudgetTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    private const string Body = """{"model":"gpt-5.1","max_tokens":1000,"messages":[{"role":"user","content":"hi"}]}""";

    private House House => shared.House;

    private BudgetStore Store => new(House.Database.DataSource);

    [Fact]
    public async Task A_call_that_is_refused_after_its_reservation_gives_it_back()
    {
        using var client = await SpenderAsync("refused", tokens: 10_000);
        using var answer = await House.SendAsync(client, "proxy/k/some/openai/v1/chat/completions", Body, ("x-atlas-session-id", "999999"));
        await answer.TextAsync(HttpStatusCode.NotFound);
        await TakesAsync("refused", 0, 0);
        Assert.Equal(1L, await House.Database.ScalarAsync<long>("SELECT count(*) FROM budget_reservations WHERE owners[1] = 'key:/refused' AND settled_at IS NOT NULL"));
    }

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999999")]
    [InlineData("1e9")]
    public async Task No_maximum_is_so_large_that_a_budget_lets_it_through(string most)
    {
        using var client = await SpenderAsync("vast", tokens: 1_000_000);
        var before = House.Upstream.Requests.Count;
        using var answer = await House.SendAsync(client, "proxy/openai/v1/chat/completions", Body.Replace("1000", most, StringComparison.Ordinal));
        await answer.TextAsync(HttpStatusCode.TooManyRequests);
        Assert.Equal(before, House.Upstream.Requests.Count);
    }

    [Theory]
    [InlineData("openai/v1/chat/completion%73")]
    [InlineData("anthropic//v1/messages")]
    [InlineData("openai/openai/responses?api-version=2025-04-01-preview")]
    public async Task No_spelling_of_an_address_passes_by_a_budget(string path)
    {
        using var client = await SpenderAsync("speller", tokens: 10);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, House.Address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST /proxy/{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nx-atlas-api-key: {client.DefaultRequestHeaders.GetValues("x-atlas-api-key").Single()}\r\nContent-Length: {Body.Length}\r\n\r\n{Body}")));
        using var reader = new StreamReader(socket.GetStream());
        Assert.StartsWith("HTTP/1.1 429", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_used_without_a_budget_counts_when_there_is_one_that_it_exceeds()
    {
        House.Upstream.Answer = (context, _) => Replies.Chat("Done.")(context);
        using var client = House.NewClient(await House.CreateKeyAsync("late", tenant: "late"));
        using var answer = await House.SendAsync(client, "proxy/local/chat/completions", Body);
        await answer.TextAsync();
        await Store.SetAsync("tenant:late", 1, 0.000001m);
        var budget = House.Silo.Services.GetRequiredService<CallBudget>();
        await Eventually.TrueAsync(
            async () =>
            {
                await budget.FlushAsync();
                return (await Store.ListAsync(["tenant:late"])) is [{ Tokens: 25, Usd: 0.0000756m }];
            },
            TimeSpan.FromSeconds(20), "the call is counted in tokens and dollars");
    }

    [Fact]
    public async Task A_reservation_that_a_call_did_not_wait_for_is_settled_once_it_is_made()
    {
        await using var house = await House.StartAsync("patience_seconds: 0.5");
        house.Upstream.Answer = (context, _) => Replies.Chat("Done.")(context);
        var store = new BudgetStore(house.Database.DataSource);
        await store.SetAsync("key:/slow", 100_000, null);
        using var client = house.NewClient(await house.CreateKeyAsync("slow"));
        using var first = await House.SendAsync(client, "proxy/openai/v1/chat/completions", Body);
        await first.TextAsync();
        await Eventually.TrueAsync(async () => (await store.ListAsync(["key:/slow"])) is [{ Tokens: 25 }], TimeSpan.FromSeconds(20), "the first call is settled");
        await using (var connection = await house.Database.DataSource.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var held = new NpgsqlCommand("SELECT 1 FROM budget_days WHERE owner = 'key:/slow' FOR UPDATE", connection, transaction);
            await held.ExecuteNonQueryAsync();
            using var second = await House.SendAsync(client, "proxy/openai/v1/chat/completions", Body);
            await second.TextAsync();
        }

        await house.Database.DataSource.WaitForAsync("SELECT count(*) / 2 FROM budget_reservations WHERE owners[1] = 'key:/slow' AND settled_at IS NOT NULL");
        await house.Silo.Services.GetRequiredService<CallBudget>().FlushAsync();
        Assert.Equal(50, (await store.ListAsync(["key:/slow"]))[0].Tokens);
        Assert.Equal(2L, await house.Database.ScalarAsync<long>("SELECT count(*) FROM budget_reservations WHERE owners[1] = 'key:/slow'"));
    }

    [Fact]
    public async Task A_stream_that_its_client_leaves_counts_what_came_of_it()
    {
        using var client = await SpenderAsync("leaver", tokens: 100_000);
        House.Upstream.Answer = async (context, _) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(Replies.Event("message_start", new { type = "message_start", message = new { id = "msg_left", usage = new { input_tokens = 100, output_tokens = 1 } } }));
            await context.Response.WriteAsync(Replies.Event("content_block_delta", new { type = "content_block_delta", index = 0, delta = new { type = "text_delta", text = new string('x', 4000) } }));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        using (var request = new HttpRequestMessage(HttpMethod.Post, "proxy/anthropic/v1/messages") { Content = new StringContent(Body) })
        using (var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (await reader.ReadLineAsync() is { } line && !line.Contains("xxxx", StringComparison.Ordinal))
            {
            }
        }

        await TakesAsync("leaver", 1100, 1100);
    }

    [Fact]
    public async Task A_response_in_the_background_keeps_its_estimate_and_is_no_success_yet()
    {
        using var client = await SpenderAsync("background", tokens: 100_000);
        House.Upstream.Answer = (context, _) => Replies.Json(new { id = "resp_background", @object = "response", status = "queued", background = true, model = "m", output = Array.Empty<object>() })(context);
        var body = """{"model":"m","background":true,"max_output_tokens":2000,"input":"hi"}""";
        using var answer = await House.SendAsync(client, $"proxy/k/{Uri.EscapeDataString(House.NewKey())}/openai/v1/responses", body);
        await answer.TextAsync();
        var call = (await EventsAsync(client, answer.Head("x-atlas-session-id")!))[0].GetProperty("data").GetProperty("output");
        Assert.Equal((false, "queued"), (call.GetProperty("whole").GetBoolean(), call.GetProperty("stop_reason").GetString()));
        await House.Database.DataSource.WaitForAsync("SELECT count(*) FROM budget_reservations WHERE owners[1] = 'key:/background' AND settled_at IS NOT NULL");
        Assert.Equal(2000 + (body.Length / 4), (await Store.ListAsync(["key:/background"]))[0].Tokens);
    }

    [Theory]
    [InlineData("""{"model":"gpt-5.1","max_tokens":1000,"messages":[{"role":"user","content":"hi"}]}""", 1000)]
    [InlineData("""{"model":"gpt-5.1","messages":[{"role":"user","content":"hi"}]}""", 4096)]
    public async Task A_reservation_in_dollars_prices_the_request_as_input_and_the_answer_as_output(string body, int answer)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"payer-{answer}");
        using var client = await SpenderAsync(name, usd: 1);
        var reserved = 0m;
        House.Upstream.Answer = async (context, _) =>
        {
            reserved = (await Store.ListAsync([$"key:/{name}"]))[0].Usd;
            await Replies.Chat("Done.")(context);
        };
        using var passed = await House.SendAsync(client, "proxy/local/chat/completions", body);
        await passed.TextAsync();
        Assert.Equal(((body.Length / 4 * 2m) + (answer * 10m)) / 1_000_000m, reserved);
    }

    private async Task<HttpClient> SpenderAsync(string name, long? tokens = null, decimal? usd = null)
    {
        await Store.SetAsync($"key:/{name}", tokens, usd);
        return House.NewClient(await House.CreateKeyAsync(name));
    }

    private async Task SettledAsync(string name, int tokens)
    {
        await House.Database.DataSource.WaitForAsync($"SELECT count(*) FROM budget_reservations WHERE owners[1] = 'key:/{name}' AND settled_at IS NOT NULL");
        Assert.Equal(tokens, (await Store.ListAsync([$"key:/{name}"]))[0].Tokens);
    }

    private Task TakesAsync(string name, long least, long most) => Eventually.TrueAsync(
        async () => (await Store.ListAsync([$"key:/{name}"]))[0].Tokens is var tokens && tokens >= least && tokens <= most,
        TimeSpan.FromSeconds(20), string.Create(CultureInfo.InvariantCulture, $"{name} has taken {least} to {most} tokens"));

    private static async Task<JsonElement[]> EventsAsync(HttpClient client, string session)
    {
        JsonElement[] found = [];
        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await House.SendAsync(client, $"v1/sessions/{session}/events?limit=100", null, ("x-api-key", client.DefaultRequestHeaders.GetValues("x-atlas-api-key").Single()));
                var page = JsonElement.Parse(await answer.TextAsync());
                found = [.. page.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("event").GetProperty("payload")).Where(one => one.GetProperty("name").GetString() == "model_call")];
                return found.Length > 0;
            },
            TimeSpan.FromSeconds(20), "the call is recorded");
        return found;
    }
}
