using System.Text.Json;
using Atlas.Testing.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Xunit;
using static Atlas.Models.Tests.Providers.Clients;
using static Atlas.Models.Tests.Providers.Wire.Raw;

namespace Atlas.Models.Tests.Providers.Wire;

/// <summary>Calls of tools in all the forms that servers give them, and what goes back.</summary>
public sealed class ToolCallTests
{
    private const string End = """{"delta":{},"finish_reason":"tool_calls"}""";

    private static ChatOptions Tools { get; } = new() { Tools = [AIFunctionFactory.Create(() => "1003", "list_orders"), AIFunctionFactory.Create((int id) => id, "look")] };

    private static string Delta(string calls) => $$$"""{"delta":{"tool_calls":[{{{calls}}}]},"finish_reason":null}""";

    public static TheoryData<string, string> Pieces => new()
    {
        { Chunks(Delta("""{"index":0,"id":"call_a","function":{"name":"list_orders","arguments":"{}"}}"""), Delta("""{"index":0,"id":"call_b","function":{"name":"list_orders","arguments":"{}"}}"""), End), "list_orders{};list_orders{}" },
        { Chunks(Delta("""{"index":0,"id":"call_a","function":{"name":"list_orders","arguments":""}}"""), Delta("""{"index":0,"id":"call_b","function":{"name":"list_orders","arguments":""}}"""), End), "list_orders{};list_orders{}" },
        { Chunks(Delta("""{"index":0,"function":{"name":"look","arguments":"{\"id\":1}"}},{"index":0,"function":{"name":"look","arguments":"{\"id\":2}"}}"""), End), """look{"id":1};look{"id":2}""" },
        { Chunks(Delta("""{"id":"a","function":{"name":"look","arguments":"{\"id\""}}"""), Delta("""{"function":{"arguments":":1}"}}"""), Delta("""{"id":"b","function":{"name":"list_orders"}}"""), End), """look{"id":1};list_orders{}""" },
        { Chunks(Delta("""{"index":0,"id":"a","function":{"name":"look","arguments":"{\"id\""}}"""), Delta("""{"index":0,"id":"a","function":{"name":"look","arguments":":1}"}}"""), Delta("""{"index":0,"id":"a","function":{"name":"look","arguments":""}}"""), End), """look{"id":1}""" },
        { Chunks(Delta("""{"index":0,"id":"a","function":{"name":"look","arguments":"{\"id\""}}"""), Delta("""{"index":0,"id":"","function":{"name":null,"arguments":":1}"}}"""), End), """look{"id":1}""" },
        { Chunks(Delta("""{"index":1,"id":"a","function":{"name":"look","arguments":{"id":1}}}"""), End), """look{"id":1}""" },
        { Chunks(Delta("""{"index":0,"id":"same","function":{"name":"look","arguments":"{\"id\":1}"}},{"index":1,"id":"same","function":{"name":"look","arguments":"{\"id\":2}"}}"""), End), """look{"id":1};look{"id":2}""" },
        { Chunks(Delta("""{"index":0,"id":"a","function":{"name":"list_orders","arguments":null}}"""), End), "list_orders{}" },
        { Chunks(Delta("""{"index":0,"id":"a","function":{"name":"list_orders","arguments":"null"}}"""), End), "list_orders{}" },
        { Chunks(Delta("""{"index":0,"id":"a","function":{"name":"list_orders","arguments":"  \n"}}"""), End), "list_orders{}" },
        { Chunks(Delta("""{"index":0,"id":"a","function":{"name":"list_orders"}}"""), """{"delta":{},"finish_reason":"stop"}"""), "list_orders{}" },
        { Chunks(Delta("""{"index":0,"id":"a","function":{"name":"look","arguments":"\"{\\\"id\\\":1}\""}}"""), End), """look{"id":1}""" },
        { Chunks("""{"delta":{"function_call":{"name":"look","arguments":"{\"id\""}}}""", """{"delta":{"function_call":{"arguments":":1}"}},"finish_reason":"function_call"}""", "[DONE]"), """look{"id":1}""" },
        { """{"choices":[{"message":{"content":null,"tool_calls":[{"function":{"name":"list_orders","arguments":""}},{"function":{"name":"list_orders","arguments":""}}]},"finish_reason":"tool_calls"}]}""", "list_orders{};list_orders{}" },
        { """{"choices":[{"message":{"content":null,"function_call":{"name":"look","arguments":"{\"id\":1}"}},"finish_reason":"function_call"}]}""", """look{"id":1}""" },
    };

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task Calls_are_put_together(string body, string expected)
    {
        foreach (var stream in (bool[])[true, false])
        {
            var calls = CallsOf(await AskAsync(false, stream, Tools, Body(body, body.StartsWith('{') ? "application/json" : "text/event-stream")));

            Assert.Equal(expected, string.Join(';', calls.Select(call => call.Name + JsonSerializer.Serialize(call.Arguments))));
            Assert.Equal(calls.Length, calls.Select(call => call.CallId).Where(id => id.Length > 0).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":""}}""", "{}", "{}")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"null"}}""", "null", "{}")]
    [InlineData("""{"type":"ping"}""", """{"id":1}""", """{"id":1}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"id\":1}"}}""", "{}", """{"id":1}""")]
    public async Task Anthropics_calls_are_put_together(string delta, string input, string expected)
    {
        var body = Events(
            """{"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"c","content":[],"usage":{"input_tokens":3,"output_tokens":1}}}""",
            $$$"""{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"","name":"look","input":{{{input}}}}}""",
            delta,
            """{"type":"content_block_stop","index":0}""",
            """{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":2}}""",
            """{"type":"message_stop"}""");
        foreach (var stream in (bool[])[true, false])
        {
            var response = await AskAsync(true, stream, Tools, Body(body));

            var call = Assert.Single(CallsOf(response));
            Assert.Equal(("look", expected), (call.Name, JsonSerializer.Serialize(call.Arguments)));
            Assert.NotEmpty(call.CallId);
        }
    }

    [Theory]
    [InlineData("""{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"list_orders","arguments":"{}"},"extra_content":{"google":{"thought_signature":"SIGNATURE-1"}}}]}}""", "\"extra_content\":{\"google\":{\"thought_signature\":\"SIGNATURE-1\"}}")]
    [InlineData("""{"delta":{"reasoning_content":"I should look.","tool_calls":[{"index":0,"id":"a","function":{"name":"list_orders","arguments":"{}"}}]}}""", "\"reasoning_content\":\"I should look.\"")]
    [InlineData("""{"delta":{"reasoning":"I should look.","reasoning_details":[{"type":"reasoning.text","signature":"S"}],"tool_calls":[{"id":"a","function":{"name":"list_orders","arguments":"{}","thought_signature":"T"}}]}}""", "\"thought_signature\":\"T\"")]
    [InlineData("""{"delta":{"reasoning":"I should look.","reasoning_details":[{"type":"reasoning.text","signature":"S"}],"tool_calls":[{"id":"a","function":{"name":"list_orders","arguments":"{}"}}]}}""", "\"reasoning_details\":[{\"type\":\"reasoning.text\",\"signature\":\"S\"}]")]
    public async Task What_a_server_wants_back_goes_back(string chunk, string expected)
    {
        await using var server = await ScriptedServer.StartAsync(Body(Chunks(chunk, End)), Answers.OpenAI("Done."));
        var first = await AskAsync(server, false, stream: true, Tools);
        var call = Assert.Single(CallsOf(first));

        await AskAsync(server, false, stream: false, Tools, messages:
            [.. Question, .. first.Messages, new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, "1003")])]);

        Assert.Contains(expected, server.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_that_cannot_be_read_go_back_as_an_object()
    {
        await using var server = await ScriptedServer.StartAsync(Body(Chunks(Delta("""{"index":0,"id":"a","function":{"name":"look","arguments":"{id: one"}}"""), End)), Answers.OpenAI("Done."));
        var first = await AskAsync(server, false, stream: true, Tools);
        var call = Assert.Single(CallsOf(first));
        Assert.NotNull(call.Exception);

        await AskAsync(server, false, stream: false, Tools, messages:
            [.. Question, .. first.Messages, new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, "Error")])]);

        Assert.Contains("\"arguments\":\"{}\"", server.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anthropics_thoughts_go_back_with_their_signature()
    {
        var body = Events(
            """{"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"c","content":[],"usage":{"input_tokens":3,"output_tokens":1}}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"I should look."}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"SIGNATURE-1"}}""",
            """{"type":"content_block_stop","index":0}""",
            """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"list_orders","input":{}}}""",
            """{"type":"content_block_stop","index":1}""",
            """{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":2}}""",
            """{"type":"message_stop"}""");
        foreach (var stream in (bool[])[true, false])
        {
            await using var server = await ScriptedServer.StartAsync(Body(body), Answers.Anthropic("Done."));
            var first = await AskAsync(server, true, stream, Tools);

            await AskAsync(server, true, stream: false, Tools, messages:
                [.. Question, .. first.Messages, new ChatMessage(ChatRole.Tool, [new FunctionResultContent("toolu_1", "1003")])]);

            Assert.Contains("SIGNATURE-1", server.Requests[1].Body, StringComparison.Ordinal);
            Assert.Contains("I should look.", server.Requests[1].Body, StringComparison.Ordinal);
        }
    }

    private static Func<HttpContext, Task> Body(string body, string type = "text/event-stream") => Raw.Body(body, type);
}
