using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Atlas.Proxy.Tests.Harness;
using Atlas.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Atlas.Proxy.Tests.Passing;

/// <summary>What passes untouched: requests that are no business of ours, failures of the upstream, clients that go away.</summary>
public sealed class PassingTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    private const string Body = """{"model":"m","messages":[{"role":"user","content":"hi"}]}""";

    private House House => shared.House;

    [Theory]
    [InlineData("proxy/openai/v1/models?limit=3&a=%2F%20b", "/v1/models?limit=3&a=%2F%20b")]
    [InlineData("proxy/openai/v1/files/a%2Fb/content", "/v1/files/a%2Fb/content")]
    [InlineData("proxy/local/v1/models", "/v1/models")]
    [InlineData("proxy/local/models", "/v1/models")]
    [InlineData("proxy/k/some%2Fkey/openai/v1/models", "/v1/models")]
    public async Task An_address_is_put_behind_that_of_the_upstream_as_it_is(string path, string expected)
    {
        House.Upstream.Answer = (context, _) => Replies.Json(new { data = Array.Empty<object>() })(context);
        using var answer = await House.SendAsync(House.Client, path, null);
        await answer.TextAsync();
        Assert.Equal(expected, House.Upstream.Last.Target);
    }

    [Fact]
    public async Task Headers_of_the_client_go_on_and_those_for_Atlas_do_not()
    {
        House.Upstream.Answer = (context, _) =>
        {
            context.Response.Headers["anthropic-ratelimit-requests-remaining"] = "7";
            context.Response.Headers["request-id"] = "req_1";
            return Replies.Claude("hi")(context);
        };
        using var answer = await House.PostAsync(
            $"proxy/k/{Uri.EscapeDataString(House.NewKey())}/anthropic/v1/messages?beta=true",
            Body,
            ("anthropic-beta", "a-2026-01-01,b-2026-02-02"), ("anthropic-version", "2023-06-01"), ("x-api-key", "sk-ant-mine"), ("Authorization", "Bearer sk-mine"), ("x-atlas-session-id", "s"),
            ("x-atlas-task", "t"), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), ("User-Agent", "claude-cli/9"), ("Accept-Encoding", "gzip, zstd, br;q=0.5"));
        await answer.TextAsync();
        var sent = House.Upstream.Last;
        Assert.Equal("/v1/messages?beta=true", sent.Target);
        Assert.Equal(
            ("a-2026-01-01,b-2026-02-02", "2023-06-01", "sk-ant-mine", "Bearer sk-mine", "claude-cli/9", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "gzip, br;q=0.5"),
            (sent.Header("anthropic-beta"), sent.Header("anthropic-version"), sent.Header("x-api-key"), sent.Header("Authorization"), sent.Header("User-Agent"), sent.Header("traceparent"), sent.Header("Accept-Encoding")));
        Assert.DoesNotContain(sent.Headers.Keys, name => name.StartsWith("x-atlas", StringComparison.OrdinalIgnoreCase) || name.StartsWith("x-forwarded", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(new Uri(House.Upstream.Address).Authority, sent.Header("Host"));
        Assert.Equal(("7", "req_1"), (answer.Head("anthropic-ratelimit-requests-remaining"), answer.Head("request-id")));
        Assert.NotNull(answer.Head("x-atlas-session-id"));
    }

    [Theory]
    [InlineData(429, "application/json", """{"error":{"message":"Slow down","type":"rate_limit_error"}}""")]
    [InlineData(529, "application/json", """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""")]
    [InlineData(500, "text/html", "<html><body>Bad gateway</body></html>")]
    [InlineData(400, "application/json", """{"error":{"message":"anthropic-beta: unknown","type":"invalid_request_error"}}""")]
    [InlineData(200, "application/json", """{"id":"chatcmpl-f","choices":[{"index":0,"finish_reason":"content_filter","message":{"role":"assistant","content":null,"refusal":"No."}}]}""")]
    public async Task What_the_upstream_answers_passes_whatever_it_is(int status, string type, string text)
    {
        House.Upstream.Answer = async (context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            context.Response.Headers.RetryAfter = "17";
            await context.Response.WriteAsync(text);
        };
        using var answer = await House.PostAsync($"proxy/k/{Uri.EscapeDataString(House.NewKey())}/openai/v1/chat/completions", Body, ("x-session-affinity", "e"));
        Assert.Equal(
            (status, type, text, "17"),
            ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, await answer.Content.ReadAsStringAsync(), answer.Head("Retry-After")));
        var call = (await House.EventsAsync(answer.Head("x-atlas-session-id")!, "model_call"))[0].GetProperty("data").GetProperty("output");
        Assert.Equal(status, call.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_client_that_goes_away_stops_the_upstream_and_what_came_is_recorded()
    {
        var (begun, gone) = (new TaskCompletionSource(), new TaskCompletionSource());
        House.Upstream.Answer = async (context, _) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(Replies.Data(new { id = "chatcmpl-gone", choices = new[] { new { index = 0, delta = new { content = "Half an ans" } } } }));
            await context.Response.Body.FlushAsync();
            begun.TrySetResult();
            using var registration = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        };
        string session;
        using (var client = House.NewClient())
        using (var request = new HttpRequestMessage(HttpMethod.Post, $"proxy/k/{Uri.EscapeDataString(House.NewKey())}/openai/v1/chat/completions") { Content = new StringContent(Body) })
        {
            request.Headers.Add("x-session-affinity", "gone");
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            session = response.Head("x-atlas-session-id")!;
            using var stream = await response.Content.ReadAsStreamAsync();
            Assert.True(await stream.ReadAsync(new byte[1000]) > 0);
            await begun.Task;
        }

        await gone.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("client_gone", (await House.EventsAsync(session, "model_call"))[0].GetProperty("data").GetProperty("output").GetProperty("error").GetString());
        Assert.Equal("Half an ans", (await House.EventsAsync(session, "LLM_END"))[0].GetProperty("data").GetProperty("output").GetString());
    }

    [Fact]
    public async Task An_upstream_that_is_not_there_is_told_of_in_a_sentence()
    {
        await using var house = await House.StartAsync();
        await house.Upstream.DisposeAsync();
        using var answer = await house.PostAsync("proxy/openai/v1/chat/completions", Body);
        Assert.Contains("The upstream 'openai' cannot be reached.", await answer.TextAsync(HttpStatusCode.BadGateway), StringComparison.Ordinal);
        foreach (var path in new[] { "proxy/openai/v1/messages", "proxy/anthropic/v1/models" })
        {
            using var other = await house.PostAsync(path, Body);
            Assert.StartsWith("{\"type\":\"error\",\"error\":{\"type\":\"api_error\"", await other.TextAsync(HttpStatusCode.BadGateway), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_offer_of_another_version_of_HTTP_is_no_socket()
    {
        House.Upstream.Answer = (context, _) => Replies.Json(new { data = Array.Empty<object>() })(context);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, House.Address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "GET /proxy/openai/v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABk\r\n\r\n"));
        using var reader = new StreamReader(socket.GetStream());
        Assert.StartsWith("HTTP/1.1 200", await reader.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal(("GET", null, null), (House.Upstream.Last.Method, House.Upstream.Last.Header("Upgrade"), House.Upstream.Last.Header("Transfer-Encoding")));
    }

    [Fact]
    public async Task A_socket_is_refused_at_once_with_the_word_that_agents_understand()
    {
        var before = House.Upstream.Requests.Count;
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, House.Address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "GET /proxy/openai/v1/responses HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        using var reader = new StreamReader(socket.GetStream());
        Assert.StartsWith("HTTP/1.1 426", await reader.ReadLineAsync(), StringComparison.Ordinal);

        // And the connection ends, so that nobody waits on it.
        Assert.Contains("Send the request over HTTP", await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20)), StringComparison.Ordinal);
        Assert.Equal(before, House.Upstream.Requests.Count);
    }

    [Theory]
    [InlineData("proxy/nowhere/v1/models", HttpStatusCode.NotFound, "There is no upstream 'nowhere' here. The upstreams are anthropic, local, openai")]
    [InlineData("proxy/openai/%2e%2e/secret", HttpStatusCode.NotFound, "cannot be forwarded")]
    [InlineData("proxy/k/%FF/openai/v1/models", HttpStatusCode.NotFound, "not UTF-8")]
    [InlineData("proxy", HttpStatusCode.NotFound, "The address does not name an upstream")]
    public async Task An_address_that_leads_nowhere_is_refused_with_a_sentence(string path, HttpStatusCode status, string sentence)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, House.Address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(socket.GetStream());
        var text = await reader.ReadToEndAsync();
        Assert.StartsWith($"HTTP/1.1 {((int)status).ToString(CultureInfo.InvariantCulture)}", text, StringComparison.Ordinal);
        Assert.Contains(sentence, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_body_with_images_arrives_whole_and_one_that_is_too_large_passes_unread()
    {
        House.Upstream.Answer = (context, _) => Replies.Chat("A cat.")(context);
        var key = House.NewKey();
        await House.TeachAsync(key, "Say what you see.");
        var image = Convert.ToBase64String(new byte[12 << 20]);
        var body = $$$"""{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"What is it?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{image}}}"}}]}]}""";
        using var answer = await House.PostAsync($"proxy/k/{Uri.EscapeDataString(key)}/openai/v1/chat/completions", body);
        await answer.TextAsync();
        Assert.Contains("Say what you see.", House.Upstream.Last.Text[..2000], StringComparison.Ordinal);
        Assert.EndsWith(body[body.IndexOf("{\"role\"", StringComparison.Ordinal)..], House.Upstream.Last.Text, StringComparison.Ordinal);

        await using var small = await House.StartAsync("max_body_bytes: 2048");
        small.Upstream.Answer = House.Upstream.Answer;
        using var unread = await small.PostAsync($"proxy/k/{Uri.EscapeDataString(key)}/openai/v1/chat/completions", body);
        await unread.TextAsync();
        Assert.Equal("body-unread", unread.Head("x-atlas-degraded"));
        Assert.Equal(body, small.Upstream.Last.Text);
    }
}
