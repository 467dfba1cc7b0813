using System.Text.Json;
using Atlas.Learning.Options;
using Atlas.Models.Providers;
using Atlas.Testing.Wire;
using Microsoft.Extensions.AI;
using Xunit;
using static Atlas.Models.Tests.Providers.Clients;

namespace Atlas.Models.Tests.Providers;

/// <summary>What is really sent in OpenAI's protocol, and what is read from the answer.</summary>
public sealed class OpenAIWireTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_settings_and_headers_arrive_as_configured()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.OpenAI("noon"));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server) with
        {
            Organization = "org-7",
            TopP = 0.5,
            MaxOutputTokens = 321,
            AdditionalHeaders = OpenAIAt(server).AdditionalHeaders.Add("X-Team", "night shift"),
        });

        var response = await client.GetResponseAsync(Question, cancellationToken: Ct);

        var sent = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/v1/chat/completions"), (sent.Method, sent.Path));
        Assert.Equal($"Bearer {Key}", sent.Headers["Authorization"]);
        Assert.Equal("org-7", sent.Headers["OpenAI-Organization"]);
        Assert.Equal("night shift", sent.Headers["X-Team"]);
        Assert.Equal("gpt-test", sent.Json.GetProperty("model").GetString());
        Assert.Equal(0.1, sent.Json.GetProperty("temperature").GetDouble(), 1e-6);
        Assert.Equal(0.5, sent.Json.GetProperty("top_p").GetDouble(), 1e-6);
        Assert.Equal(321, sent.Json.GetProperty("max_completion_tokens").GetInt32());
        Assert.Equal(["system", "user"], Roles(sent.Json));
        Assert.Contains("Wie spät? ⏰", sent.Json.GetProperty("messages")[1].ToString(), StringComparison.Ordinal);
        Assert.False(sent.Json.TryGetProperty("response_format", out _));
        Assert.Equal("noon", response.Text);
        Assert.Equal((11L, 7L), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
    }

    [Fact]
    public async Task What_a_call_sets_itself_goes_before_the_configuration()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.OpenAI("{}"));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server));

        await client.GetResponseAsync(Question, new ChatOptions { Temperature = 0.8f, MaxOutputTokens = 5, ResponseFormat = ChatResponseFormat.Json }, Ct);

        var sent = Assert.Single(server.Requests).Json;
        Assert.Equal(0.8, sent.GetProperty("temperature").GetDouble(), 1e-6);
        Assert.Equal(5, sent.GetProperty("max_completion_tokens").GetInt32());
        Assert.Equal("json_object", sent.GetProperty("response_format").GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_reasoning_model_gets_its_effort_and_no_temperature()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.OpenAI("noon"));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server) with { Model = "gpt-5-mini", ReasoningEffort = Learning.Options.ReasoningEffort.High });

        await client.GetResponseAsync(Question, cancellationToken: Ct);

        var sent = Assert.Single(server.Requests).Json;
        Assert.Equal("high", sent.GetProperty("reasoning_effort").GetString());
        Assert.False(sent.TryGetProperty("temperature", out _));
    }

    [Fact]
    public async Task Azure_gets_the_key_in_its_own_header_and_path()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.OpenAI("noon"));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server) with { Provider = LlmProvider.AzureOpenAI, ApiBase = server.Address.AbsoluteUri });

        await client.GetResponseAsync(Question, cancellationToken: Ct);

        var sent = Assert.Single(server.Requests);
        Assert.Equal("/openai/v1/chat/completions", sent.Path);
        Assert.Equal(Key, sent.Headers["api-key"]);
        Assert.False(sent.Headers.ContainsKey("Authorization"));
    }

    [Theory]
    [InlineData(LlmProvider.Gemini, "gemini/gemini-2.5-flash", "/v1beta/openai/chat/completions", "gemini-2.5-flash")]
    [InlineData(LlmProvider.Google, "google/gemini-2.5-flash", "/v1beta/openai/chat/completions", "gemini-2.5-flash")]
    [InlineData(LlmProvider.XAI, "xai/grok-4", "/v1/chat/completions", "grok-4")]
    [InlineData(LlmProvider.Bedrock, "bedrock/openai.gpt-oss-20b-1:0", "/openai/v1/chat/completions", "openai.gpt-oss-20b-1:0")]
    public async Task The_others_get_OpenAIs_protocol_at_their_path(LlmProvider provider, string model, string path, string name)
    {
        await using var server = await ScriptedServer.StartAsync(Answers.OpenAI("noon"));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server) with { Provider = provider, Model = model, ApiBase = server.Address.AbsoluteUri });

        await client.GetResponseAsync(Question, cancellationToken: Ct);

        var sent = Assert.Single(server.Requests);
        Assert.Equal((path, name), (sent.Path, sent.Json.GetProperty("model").GetString()));
        Assert.Equal($"Bearer {Key}", sent.Headers["Authorization"]);
    }

    [Fact]
    public async Task A_stream_arrives_piece_by_piece()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Stream(["no", "on"]));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server));

        var pieces = await client.GetStreamingResponseAsync(Question, cancellationToken: Ct).Select(update => update.Text).Where(text => text.Length > 0).ToListAsync(Ct);

        Assert.Equal(["no", "on"], pieces);
        Assert.True(Assert.Single(server.Requests).Json.GetProperty("stream").GetBoolean());
    }

    [Fact]
    public async Task Tools_are_offered_and_their_calls_read()
    {
        var call = new { id = "call_1", type = "function", function = new { name = "check_payment", arguments = """{"order":17}""" } };
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(new
        {
            id = "chatcmpl-1",
            @object = "chat.completion",
            created = 1,
            model = "gpt-test",
            choices = new[] { new { index = 0, message = new { role = "assistant", content = (string?)null, tool_calls = new[] { call } }, finish_reason = "tool_calls" } },
        }));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server));
        var tool = AIFunctionFactory.Create((int order) => order, "check_payment");

        var response = await client.GetResponseAsync(Question, new ChatOptions { Tools = [tool] }, Ct);

        Assert.Equal("check_payment", Assert.Single(server.Requests).Json.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString());
        var asked = Assert.Single(response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>());
        Assert.Equal(17, ((JsonElement)asked.Arguments!["order"]!).GetInt32());
    }

    [Fact]
    public async Task A_client_says_which_model_it_is()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.OpenAI("noon"));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server));

        Assert.Equal(new ModelDescription(LlmProvider.OpenAI, "gpt-test", TakesJsonSchema: false), client.GetService<ModelDescription>());
    }

    [Fact]
    public async Task A_call_is_traced_without_what_was_said()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.OpenAI("noon"));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server) with { Model = "gpt-traced" });
        var spans = new System.Collections.Concurrent.ConcurrentQueue<System.Diagnostics.Activity>();
        using var listener = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = source => source.Name == ChatClientFactory.TelemetryName,
            Sample = (ref System.Diagnostics.ActivityCreationOptions<System.Diagnostics.ActivityContext> _) => System.Diagnostics.ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);

        await client.GetResponseAsync(Question, cancellationToken: Ct);

        var span = Assert.Single(spans, span => span.DisplayName == "chat gpt-traced");
        Assert.Equal(7, span.GetTagItem("gen_ai.usage.output_tokens"));
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("noon", StringComparison.Ordinal) || $"{tag.Value}".Contains("brief", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cache_mark_is_not_sent_to_a_provider_that_knows_none()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.OpenAI("noon"));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server));
        var stable = new TextContent("Be brief.");
        CacheBreakpoint.Mark(stable);

        await client.GetResponseAsync([new(ChatRole.System, [stable]), new(ChatRole.User, "Time?")], cancellationToken: Ct);

        Assert.DoesNotContain("cache", Assert.Single(server.Requests).Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_streamed_tool_call_is_read_from_its_pieces()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.StreamTool("check_payment", """{"order":17}"""));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server));

        var response = await client.GetStreamingResponseAsync(
            Question, new ChatOptions { Tools = [AIFunctionFactory.Create((int order) => order, "check_payment")] }, Ct).ToChatResponseAsync(Ct);

        var asked = Assert.Single(response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>());
        Assert.Equal(("check_payment", "17"), (asked.Name, $"{asked.Arguments!["order"]}"));
        Assert.Equal(7, response.Usage!.OutputTokenCount);
    }

    private static IEnumerable<string?> Roles(JsonElement sent) =>
        sent.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString());
}
