using Atlas.Models.Providers;
using Xunit;
using static Atlas.Models.Tests.Providers.Wire.Raw;

namespace Atlas.Models.Tests.Providers.Wire;

/// <summary>What ends without being an answer fails, with the provider's words.</summary>
public sealed class NoAnswerTests
{
    private const string Start = """{"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"c","content":[],"usage":{"input_tokens":3,"output_tokens":1}}}""";
    private const string Block = """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""";
    private const string Half = """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Half a sen"}}""";

    public static TheoryData<bool, bool, ModelFailure, string, string> Answers => new()
    {
        { false, true, ModelFailure.Incomplete, Chunks("""{"delta":{"content":"Half a sen"},"finish_reason":null}"""), "broke off in the middle of its answer (no finish_reason and no [DONE] came): Half a sen" },
        { false, true, ModelFailure.Incomplete, Chunks("""{"delta":{"role":"assistant"}}"""), "broke off" },
        { false, true, ModelFailure.Incomplete, ": ping\n\n", "broke off" },
        { false, true, ModelFailure.Incomplete, "", "broke off" },
        { false, true, ModelFailure.ServerError, Chunks("""{"delta":{"content":"Let me"}}""", """{"error":{"message":"out of memory","code":500}}""", "[DONE]"), "in the middle of its answer): out of memory" },
        { false, true, ModelFailure.ServerError, Chunks("""{"error":"out of memory"}"""), "out of memory" },
        { false, true, ModelFailure.ServerError, "event: error\ndata: {\"message\":\"out of memory\"}\n\n", "out of memory" },
        { false, true, ModelFailure.ServerError, "event: error\ndata: out of memory\n\n", "out of memory" },
        { false, true, ModelFailure.ServerError, """data: {"object":"error","message":"out of memory","code":50000}""" + "\n\n", "out of memory" },
        { false, true, ModelFailure.RateLimited, Chunks("""{"delta":{"content":""},"error":{"code":429,"message":"slow down"},"finish_reason":"error"}"""), "slow down" },
        { false, true, ModelFailure.Incomplete, Chunks("""{"delta":{"content":"Hm"},"finish_reason":"error"}""", "[DONE]"), "finish_reason error" },
        { false, true, ModelFailure.Incomplete, Chunks("""{"delta":{"content":"Hm"},"finish_reason":"insufficient_system_resource"}"""), "insufficient_system_resource" },
        { false, true, ModelFailure.Refused, Chunks("""{"delta":{"content":null,"refusal":""}}""", """{"delta":{"refusal":"I cannot help with that."}}""", """{"delta":{},"finish_reason":"stop"}""", "[DONE]"), "refused to answer: I cannot help with that." },
        { false, true, ModelFailure.Refused, Chunks("""{"delta":{"content":"The bomb"}}""", """{"delta":{},"finish_reason":"content_filter"}""", "[DONE]"), "a filter stopped it (finish_reason content_filter): The bomb" },
        { false, true, ModelFailure.Refused, Chunks("""{"delta":{"content":""},"finish_reason":"SAFETY"}"""), "filter" },
        { false, true, ModelFailure.Empty, Chunks("""{"delta":{"content":""}}""", """{"delta":{},"finish_reason":"length"}""", "[DONE]"), "used up its token limit" },
        { false, true, ModelFailure.Empty, Chunks("""{"delta":{"reasoning_content":"Hmm, let me"}}""", """{"delta":{},"finish_reason":"length"}"""), "used up its token limit" },
        { false, true, ModelFailure.Empty, Chunks("""{"delta":{"content":" \n"},"finish_reason":"stop"}""", "[DONE]"), "gave an empty answer" },
        { false, true, ModelFailure.Empty, Chunks("""{"id":"c","choices":null}""", """{"id":"c","choices":[]}""", "[DONE]"), "gave an empty answer" },
        { false, true, ModelFailure.Unreadable, Chunks("""{"delta":{"content":"x"}}""", "{\"choices\":[{"), "not JSON" },
        { false, false, ModelFailure.Refused, """{"choices":[{"message":{"role":"assistant","content":null,"refusal":"I cannot."},"finish_reason":"stop"}]}""", "I cannot." },
        { false, false, ModelFailure.Refused, """{"choices":[{"message":{"content":""},"finish_reason":"content_filter"}]}""", "filter" },
        { false, false, ModelFailure.Empty, """{"choices":[{"message":{"content":null},"finish_reason":"length"}]}""", "token limit" },
        { false, false, ModelFailure.Empty, """{"id":"x","choices":null,"usage":{"prompt_tokens":1}}""", "no text" },
        { false, false, ModelFailure.Empty, """{"id":"x","choices":[]}""", "no text" },
        { false, false, ModelFailure.Empty, """{"choices":[{"message":null,"finish_reason":"stop"}]}""", "no text" },
        { false, false, ModelFailure.ServerError, """{"error":{"message":"out of memory","type":"server_error"}}""", "in place of an answer): out of memory" },
        { false, false, ModelFailure.NotAllowed, """{"error":{"message":"who are you","code":401}}""", "who are you" },
        { false, false, ModelFailure.BadRequest, """[{"error":{"code":400,"message":"bad"}}]""", "bad" },
        { true, true, ModelFailure.Incomplete, Events(Start, Block, Half), "broke off in the middle of its answer (neither stop_reason nor message_stop came): Half a sen" },
        { true, true, ModelFailure.Incomplete, Events(Start), "broke off" },
        { true, true, ModelFailure.Incomplete, "", "broke off" },
        { true, true, ModelFailure.ServerError, Events(Start, Block, Half, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"""), "in the middle of its answer): Overloaded" },
        { true, true, ModelFailure.RateLimited, Events("""{"type":"error","error":{"type":"rate_limit_error","message":"slow down"}}"""), "slow down" },
        { true, true, ModelFailure.Refused, Events(Start, Block, """{"type":"message_delta","delta":{"stop_reason":"refusal","stop_details":{"explanation":"It is about weapons."}},"usage":{"output_tokens":2}}""", """{"type":"message_stop"}"""), "refused to answer (stop_reason refusal): It is about weapons." },
        { true, true, ModelFailure.Empty, Events(Start, """{"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":2}}""", """{"type":"message_stop"}"""), "used up its token limit" },
        { true, true, ModelFailure.Empty, Events(Start, """{"type":"message_delta","delta":{"stop_reason":"model_context_window_exceeded"}}"""), "used up its token limit" },
        { true, true, ModelFailure.Empty, Events(Start, """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":null}""", """{"type":"message_stop"}"""), "gave an empty answer" },
        { true, true, ModelFailure.Incomplete, Events(Start, Block, Half, """{"type":"message_delta","delta":{"stop_reason":"pause_turn"}}"""), "pause_turn" },
        { true, false, ModelFailure.ServerError, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", "Overloaded" },
        { true, false, ModelFailure.Refused, """{"type":"message","role":"assistant","content":[],"stop_reason":"refusal"}""", "stop_reason refusal" },
        { true, false, ModelFailure.Empty, """{"type":"message","role":"assistant","content":[],"stop_reason":"max_tokens","usage":{"input_tokens":1,"output_tokens":9}}""", "token limit" },
        { true, false, ModelFailure.Empty, """{"type":"message","role":"assistant","content":null,"stop_reason":"end_turn"}""", "no text" },
        { true, false, ModelFailure.Unreadable, """{"hello":"world"}""", "not a message" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_that_is_none_fails(bool anthropic, bool stream, ModelFailure failure, string body, string says)
    {
        var thrown = await FailsAsync(anthropic, stream, failure, Body(body, stream ? "text/event-stream" : "application/json"));

        Assert.Contains(says, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task A_page_is_named_with_its_title(bool anthropic, bool stream)
    {
        const string Page = "<!DOCTYPE html><html><head><title>Sign in &amp; go</title></head><body>Please sign in.</body></html>";

        var thrown = await FailsAsync(anthropic, stream, ModelFailure.Unreadable, Body(Page, "text/html; charset=utf-8"));

        Assert.Contains("answered with text/html where", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Sign in & go", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_fails_before_it_began_is_tried_again(bool anthropic)
    {
        var good = anthropic
            ? Events(Start, Block, Half, """{"type":"message_delta","delta":{"stop_reason":"end_turn"}}""")
            : Chunks("""{"delta":{"content":"Half a sen"},"finish_reason":"stop"}""");
        var error = anthropic ? Events("""{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""") : Chunks("""{"error":{"message":"Overloaded","code":503}}""");
        await using var server = await Atlas.Testing.Wire.ScriptedServer.StartAsync(Body(error), Body(""), Body(good));

        var response = await AskAsync(server, anthropic, stream: true, null, attempts: 3);

        Assert.Equal("Half a sen", response.Text);
        Assert.Equal(3, server.Requests.Count);
    }
}
