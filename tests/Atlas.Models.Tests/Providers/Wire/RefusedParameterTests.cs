using System.Text.Json;
using Atlas.Models.Providers;
using Atlas.Testing.Wire;
using Microsoft.Extensions.AI;
using Xunit;
using static Atlas.Models.Tests.Providers.Clients;

namespace Atlas.Models.Tests.Providers.Wire;

/// <summary>What a server refuses is left out.</summary>
public sealed class RefusedParameterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static ChatOptions Everything { get; } = new()
    {
        MaxOutputTokens = 20,
        TopP = 0.5f,
        Seed = 7,
        AllowMultipleToolCalls = true,
        ResponseFormat = ChatResponseFormat.Json,
        Tools = [AIFunctionFactory.Create(() => "1003", "list_orders")],
        ToolMode = ChatToolMode.RequireAny,
    };

    [Theory]
    [InlineData("""{"error":{"message":"Unsupported value: temperature does not support 0 with this model. Only the default (1) value is supported.","param":"temperature"}}""", "temperature")]
    [InlineData("""{"error":{"message":"`temperature` and `top_p` cannot both be specified for this model."}}""", "temperature")]
    [InlineData("""{"error":"top_p is not supported"}""", "top_p")]
    [InlineData("""{"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","max_completion_tokens"],"msg":"Extra inputs are not permitted"}]}}""", "max_completion_tokens")]
    [InlineData("""{"detail":[{"loc":["body","seed"],"msg":"Extra inputs are not permitted"}]}""", "seed")]
    [InlineData("""{"message":"Unrecognized request argument supplied: stream_options"}""", "stream_options")]
    [InlineData("""{"error":"'response_format.type' must be 'json_schema' or 'text'"}""", "response_format")]
    [InlineData("""{"errors":[{"message":"parallel_tool_calls is not supported"}]}""", "parallel_tool_calls")]
    [InlineData("unknown field tool_choice", "tool_choice")]
    public async Task A_parameter_that_is_refused_is_left_out_from_then_on(string refusal, string name)
    {
        await using var server = await ScriptedServer.StartAsync(Raw.Body(refusal, "application/json", 400), Answers.Stream(["noon"]));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server));

        var first = await client.GetStreamingResponseAsync(Question, Everything, Ct).ToChatResponseAsync(Ct);
        using var other = factory.Create(OpenAIAt(server));
        await other.GetStreamingResponseAsync(Question, Everything, Ct).ToChatResponseAsync(Ct);

        Assert.Equal("noon", first.Text);
        Assert.Equal([true, false, false], server.Requests.Select(request => request.Json.TryGetProperty(name, out _)));
    }

    [Theory]
    [InlineData(200, "application/json", "{\"error\":{\"message\":\"Unsupported value: 'temperature' does not support 0\",\"param\":\"temperature\"}}")]
    [InlineData(200, "text/event-stream", "data: {\"error\":{\"message\":\"temperature is not supported by this model\"}}\n\n")]
    [InlineData(200, "text/event-stream", "event: error\ndata: {\"message\":\"temperature: extra inputs are not permitted\"}\n\n")]
    [InlineData(404, "application/json", "{\"error\":{\"message\":\"No endpoints found that support the given 'temperature'.\"}}")]
    [InlineData(500, "application/json", "{\"detail\":\"unexpected keyword argument 'temperature'\"}")]
    public async Task A_refusal_that_names_a_parameter_is_known_by_its_words_whatever_its_status(int status, string kind, string refusal)
    {
        await using var server = await ScriptedServer.StartAsync(Raw.Body(refusal, kind, status), Answers.Stream(["noon"]));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server));

        var response = await client.GetStreamingResponseAsync(Question, cancellationToken: Ct).ToChatResponseAsync(Ct);

        Assert.Equal("noon", response.Text);
        Assert.Equal([true, false], server.Requests.Select(request => request.Json.TryGetProperty("temperature", out _)));
    }

    [Theory]
    [InlineData(401, "temperature is not allowed for this key")]
    [InlineData(500, "the temperature of the rack is 90 degrees")]
    public async Task Other_failures_are_no_refusal_of_a_parameter_that_they_happen_to_name(int status, string words)
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Error(status, words));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server));

        await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync(Question, cancellationToken: Ct));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_limit_of_tokens_goes_under_its_older_name()
    {
        await using var server = await ScriptedServer.StartAsync(
            Answers.Error(422, "max_completion_tokens: Extra inputs are not permitted"), Answers.OpenAI("noon"));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server));

        var response = await client.GetResponseAsync(Question, new ChatOptions { MaxOutputTokens = 20 }, Ct);

        Assert.Equal(20, server.Requests[1].Json.GetProperty("max_tokens").GetInt32());
        Assert.Empty(LeftOutParameters.Of(response));
    }

    [Fact]
    public async Task A_limit_too_large_for_one_prompt_is_left_out_of_that_call_only()
    {
        await using var server = await ScriptedServer.StartAsync(
            Answers.Error(400, "max_completion_tokens is too large: 20. This model's maximum context length is 10 tokens."),
            Answers.Error(400, "max_tokens is too large: 20. This model's maximum context length is 10 tokens."),
            Answers.OpenAI("noon"));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server));

        await client.GetResponseAsync(Question, new ChatOptions { MaxOutputTokens = 20 }, Ct);
        await client.GetResponseAsync(Question, new ChatOptions { MaxOutputTokens = 20 }, Ct);

        Assert.Equal(4, server.Requests.Count);
        Assert.True(server.Requests[3].Json.TryGetProperty("max_completion_tokens", out _));
    }

    [Fact]
    public async Task A_server_without_JSON_mode_is_given_the_schema_and_then_nothing()
    {
        await using var server = await ScriptedServer.StartAsync(
            Answers.Error(400, "'response_format.type' must be 'json_schema' or 'text'"), Answers.Error(400, "json_schema: no such grammar"), Answers.OpenAI("{}"));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server));
        var schema = JsonElement.Parse("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""");

        var response = await client.GetResponseAsync(Question, new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "answer") }, Ct);

        Assert.Equal(
            ["json_object", "json_schema", "none"],
            server.Requests.Select(request => request.Json.TryGetProperty("response_format", out var format) ? format.GetProperty("type").GetString() : "none"));
        Assert.Equal("answer", server.Requests[1].Json.GetProperty("response_format").GetProperty("json_schema").GetProperty("name").GetString());
        Assert.Equal(["response_format.json_object"], LeftOutParameters.Of(response));
    }

    [Fact]
    public async Task A_model_that_may_not_stream_answers_as_a_whole()
    {
        await using var server = await ScriptedServer.StartAsync(
            Answers.Error(400, "Your organization must be verified to stream this model."), Answers.OpenAI("noon"));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server));

        Assert.Equal("noon", (await client.GetStreamingResponseAsync(Question, cancellationToken: Ct).ToChatResponseAsync(Ct)).Text);
        Assert.False(server.Requests[1].Streams);
    }

    [Fact]
    public async Task Thoughts_that_are_refused_on_the_way_back_are_left_out()
    {
        await using var server = await ScriptedServer.StartAsync(
            Raw.Body(Raw.Chunks("""{"delta":{"reasoning":"Hm.","tool_calls":[{"id":"a","function":{"name":"list_orders","arguments":"{}"}}]},"finish_reason":"tool_calls"}""")),
            Answers.Error(400, "'messages.2' : property 'reasoning' is unsupported"),
            Answers.OpenAI("Done."));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server));
        var first = await client.GetStreamingResponseAsync(Question, Everything, Ct).ToChatResponseAsync(Ct);

        await client.GetResponseAsync([.. Question, .. first.Messages, new ChatMessage(ChatRole.Tool, [new FunctionResultContent("a", "1003")])], Everything, Ct);

        Assert.Contains("\"reasoning\":\"Hm.\"", server.Requests[1].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"reasoning\"", server.Requests[2].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_leaves_a_parameter_out_for_good()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.OpenAI("noon"));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server) with { Temperature = null });

        await client.GetResponseAsync(Question, new ChatOptions { Temperature = 0.5f }, Ct);

        Assert.False(Assert.Single(server.Requests).Json.TryGetProperty("temperature", out _));
    }

    [Fact]
    public async Task Anthropics_schema_is_left_out_where_the_model_has_none()
    {
        await using var server = await ScriptedServer.StartAsync(
            Answers.Error(400, "output_config.format: structured outputs are not supported for this model"), Answers.Anthropic("{}"));
        await using var factory = Factory();
        using var client = factory.Create(AnthropicAt(server));
        var schema = JsonElement.Parse("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""");

        await client.GetResponseAsync(Question, new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "answer") }, Ct);

        Assert.False(server.Requests[1].Json.TryGetProperty("output_config", out _));
    }
}
