using Atlas.Models.Providers;
using Atlas.Testing.Wire;
using Microsoft.Extensions.AI;
using Xunit;
using static Atlas.Models.Tests.Providers.Clients;

namespace Atlas.Models.Tests.Providers;

/// <summary>What is really sent in Anthropic's protocol, and what is read from the answer.</summary>
public sealed class AnthropicWireTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_settings_and_headers_arrive_as_configured()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Anthropic("noon"));
        await using var factory = Factory();
        using var client = factory.Create(AnthropicAt(server) with
        {
            Temperature = 1.7,
            TopP = 0.5,
            MaxOutputTokens = 321,
            AdditionalHeaders = AnthropicAt(server).AdditionalHeaders.Add("X-Team", "night shift"),
        });

        var response = await client.GetResponseAsync(Question, cancellationToken: Ct);

        var sent = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/v1/messages"), (sent.Method, sent.Path));
        Assert.Equal($"Bearer {Key}", sent.Headers["Authorization"]);
        Assert.True(sent.Headers.ContainsKey("anthropic-version"));
        Assert.Equal("night shift", sent.Headers["X-Team"]);
        Assert.Equal("claude-test", sent.Json.GetProperty("model").GetString());
        Assert.Equal(321, sent.Json.GetProperty("max_tokens").GetInt32());
        Assert.False(sent.Json.TryGetProperty("temperature", out _));
        Assert.False(sent.Json.TryGetProperty("top_p", out _));
        Assert.Contains("Be brief.", sent.Json.GetProperty("system").ToString(), StringComparison.Ordinal);
        Assert.Equal("user", Assert.Single(sent.Json.GetProperty("messages").EnumerateArray()).GetProperty("role").GetString());
        Assert.Equal("noon", response.Text);
        Assert.Equal((13L, 5L), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
    }

    [Fact]
    public async Task A_schema_and_an_effort_arrive_in_the_output_settings()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Anthropic("{}"));
        await using var factory = Factory();
        using var client = factory.Create(AnthropicAt(server) with { ReasoningEffort = Learning.Options.ReasoningEffort.Low });
        var schema = System.Text.Json.JsonElement.Parse("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""");

        await client.GetResponseAsync(Question, new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "answer") }, Ct);

        var output = Assert.Single(server.Requests).Json.GetProperty("output_config");
        Assert.Equal("low", output.GetProperty("effort").GetString());
        Assert.Equal("json_schema", output.GetProperty("format").GetProperty("type").GetString());
        Assert.Equal("string", output.GetProperty("format").GetProperty("schema").GetProperty("properties").GetProperty("a").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Without_an_output_limit_one_is_set_because_the_protocol_wants_it()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Anthropic("noon"));
        await using var factory = Factory();
        using var client = factory.Create(AnthropicAt(server));

        await client.GetResponseAsync(Question, cancellationToken: Ct);

        Assert.Equal(4096, Assert.Single(server.Requests).Json.GetProperty("max_tokens").GetInt32());
    }

    [Fact]
    public async Task Failed_calls_are_tried_again_by_us_and_not_by_the_package()
    {
        await using var server = await ScriptedServer.StartAsync(
            Answers.Error(529, "Overloaded"), Answers.Error(429, "slow down", ("Retry-After", "7")), Answers.Anthropic("noon"));
        var clock = new TestClock(LongWaits);
        await using var factory = Factory(clock);
        using var client = factory.Create(AnthropicAt(server, attempts: 3));

        Assert.Equal("noon", (await client.GetResponseAsync(Question, cancellationToken: Ct)).Text);
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(7, clock.Waits[^1].TotalSeconds);
    }

    [Fact]
    public async Task Without_retries_a_failed_call_is_made_once()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Error(500, "oops"));
        await using var factory = Factory();
        using var client = factory.Create(AnthropicAt(server));

        var failure = await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync(Question, cancellationToken: Ct));

        Assert.Equal(ModelFailure.ServerError, failure.Failure);
        Assert.Equal("anthropic (model 'claude-test') had an internal error (status 500): oops", failure.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_stream_arrives_piece_by_piece()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.AnthropicStream(["no", "on"]));
        await using var factory = Factory();
        using var client = factory.Create(AnthropicAt(server));

        var pieces = await client.GetStreamingResponseAsync(Question, cancellationToken: Ct).Select(update => update.Text).Where(text => text.Length > 0).ToListAsync(Ct);

        Assert.Equal(["no", "on"], pieces);
        Assert.True(Assert.Single(server.Requests).Streams);
    }

    [Fact]
    public async Task A_stream_cut_in_the_middle_fails_after_what_came()
    {
        var seen = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(Answers.AnthropicStream(["no"], async context =>
        {
            await seen.Task;
            context.Abort();
        }));
        await using var factory = Factory();
        using var client = factory.Create(AnthropicAt(server, attempts: 3));
        var heard = new System.Text.StringBuilder();

        var failure = await Assert.ThrowsAsync<ModelException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync(Question, cancellationToken: Ct))
            {
                heard.Append(update.Text);
                if (heard.Length > 0)
                {
                    seen.TrySetResult();
                }
            }
        });

        Assert.Equal(ModelFailure.Unreachable, failure.Failure);
        Assert.Equal("no", heard.ToString());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Tools_are_offered_and_their_calls_read()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.AnthropicTool("check_payment", new { order = 17 }));
        await using var factory = Factory();
        using var client = factory.Create(AnthropicAt(server));

        var response = await client.GetResponseAsync(
            Question, new ChatOptions { Tools = [AIFunctionFactory.Create((int order) => order, "check_payment")] }, Ct);

        Assert.Equal("check_payment", Assert.Single(server.Requests).Json.GetProperty("tools")[0].GetProperty("name").GetString());
        var asked = Assert.Single(response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>());
        Assert.Equal(("check_payment", "17"), (asked.Name, $"{asked.Arguments!["order"]}"));
    }

    [Fact]
    public async Task The_cache_mark_stands_on_the_marked_block_and_on_no_other()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Anthropic("noon"));
        await using var factory = Factory();
        using var client = factory.Create(AnthropicAt(server));
        var stable = new TextContent("Be brief.");
        CacheBreakpoint.Mark(stable);

        await client.GetResponseAsync([new(ChatRole.System, [stable]), new(ChatRole.System, "The playbook."), new(ChatRole.User, "Time?")], cancellationToken: Ct);

        var system = Assert.Single(server.Requests).Json.GetProperty("system").EnumerateArray().ToList();
        Assert.Equal(["Be brief.", "The playbook."], system.Select(block => block.GetProperty("text").GetString()));
        Assert.Equal("ephemeral", system[0].GetProperty("cache_control").GetProperty("type").GetString());
        Assert.DoesNotContain("ephemeral", system[1].GetRawText(), StringComparison.Ordinal);
    }
}
