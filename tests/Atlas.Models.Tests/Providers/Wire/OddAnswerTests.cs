using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.AI;
using Xunit;
using static Atlas.Models.Tests.Providers.Wire.Raw;

namespace Atlas.Models.Tests.Providers.Wire;

/// <summary>Answers that are right in substance and odd in form are taken.</summary>
public sealed class OddAnswerTests
{
    private const string Whole = """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Settled."},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""";
    private const string Message = """{"id":"m","type":"message","role":"assistant","model":"c","content":[{"type":"text","text":"Settled."}],"stop_reason":"end_turn","usage":{"input_tokens":3,"output_tokens":2}}""";

    private static string Stream(string finish) => Chunks("""{"delta":{"role":"assistant","content":"Settled."},"finish_reason":null}""", $$"""{"delta":{},"finish_reason":{{finish}}}""", "[DONE]");

    public static TheoryData<bool, bool, string, string> Answers => new()
    {
        { false, true, Stream("\"eos\""), "text/event-stream" },
        { false, true, Stream("\"\""), "text/event-stream" },
        { false, true, Stream("null"), "text/event-stream" },
        { false, true, Chunks("""{"delta":{"content":"Settled."},"finish_reason":""}""", """{"delta":null,"finish_reason":"end_turn"}""", """{"choices":null,"usage":{"prompt_tokens":3,"completion_tokens":2}}"""), "text/event-stream" },
        { false, true, "\uFEFF: hello\r\n\r\n" + Stream("\"stop\"").Replace("\n", "\r\n", StringComparison.Ordinal), "text/event-stream" },
        { false, true, Stream("\"stop\"").Replace("\n", "\r", StringComparison.Ordinal), "text/event-stream" },
        { false, true, Stream("\"stop\"").TrimEnd(), "text/event-stream" },
        { false, true, Stream("\"stop\"").Replace("data: ", "data:", StringComparison.Ordinal), "text/plain" },
        { false, true, Chunks("""{"delta":{"content":[{"type":"text","text":"Settled."}]},"finish_reason":"stop"}"""), "text/event-stream" },
        { false, true, """data: {"choices":[{"message":{"content":"Settled."},"finish_reason":"stop"}]}""" + "\n\n", "text/event-stream" },
        { false, true, Whole, "application/json" },
        { false, true, Whole, "text/event-stream" },
        { false, false, Whole, "text/plain" },
        { false, false, "\uFEFF" + Whole, "application/json" },
        { false, false, Stream("\"stop\""), "text/event-stream" },
        { false, false, Whole.Replace("\"stop\"", "\"eos\"", StringComparison.Ordinal).Replace("\"created\":1", "\"created\":1.5", StringComparison.Ordinal), "application/json" },
        { false, false, """{"choices":[{"message":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]},{"type":"text","text":"Settled."}]}}],"usage":{"prompt_tokens":null}}""", "application/json" },
        { false, false, """{"choices":[{"text":"Settled.","finish_reason":"stop"}]}""", "application/json" },
        { true, true, Message, "application/json" },
        { true, true, Message, "text/event-stream" },
        { true, false, Message.Replace("end_turn", "eos", StringComparison.Ordinal), "application/json" },
        { true, false, Message.Replace("\"end_turn\"", "null", StringComparison.Ordinal), "application/json" },
        {
            true, false, Events(
                """{"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"c","content":[],"usage":{"input_tokens":3,"output_tokens":1}}}""",
                """{"type":"ping"}""",
                """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
                """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Settled."}}""",
                """{"type":"content_block_stop","index":0}""",
                """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}"""), "text/event-stream"
        },
        {
            true, true, Events(
                """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
                """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Settled."}}""",
                """{"type":"something_new","index":0}""",
                """{"type":"message_delta","delta":{"stop_reason":"brand_new"},"usage":null}""",
                """{"type":"message_stop"}"""), "text/event-stream"
        },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_odd_answer_is_taken(bool anthropic, bool stream, string body, string type)
    {
        var response = await AskAsync(anthropic, stream, null, Body(body, type));

        Assert.Equal("Settled.", response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
    }

    public static TheoryData<bool, bool, string> BrokenCharacters => new()
    {
        { false, false, Whole }, { false, true, Stream("\"stop\"") }, { true, false, Message }, { true, true, Message },
        {
            true, true, Events(
                """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
                """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Settled."}}""",
                """{"type":"content_block_stop","index":0}""",
                """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}""",
                """{"type":"message_stop"}""")
        },
    };

    [Theory]
    [MemberData(nameof(BrokenCharacters))]
    public async Task Half_a_character_becomes_a_whole_one(bool anthropic, bool stream, string body)
    {
        var type = body.StartsWith('{') ? "application/json" : "text/event-stream";
        var response = await AskAsync(anthropic, stream, null, Body(body.Replace("Settled.", @"Settled \ud83d", StringComparison.Ordinal), type));

        Assert.Equal("Settled \uFFFD", response.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_packed_answer_is_unpacked(bool stream)
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(stream ? Stream("\"stop\"") : Whole), TestContext.Current.CancellationToken);
        }

        var response = await AskAsync(false, stream, null, Bytes(packed.ToArray(), stream ? "text/event-stream" : "application/json", encoding: "gzip"));

        Assert.Equal("Settled.", response.Text);
    }

    [Theory]
    [InlineData(false, """{"delta":{"content":"Set"},"finish_reason":"length"}""")]
    [InlineData(false, """{"delta":{"content":"Set"},"finish_reason":"MAX_TOKENS"}""")]
    public async Task A_limit_that_was_reached_is_said(bool anthropic, string chunk)
    {
        var response = await AskAsync(anthropic, true, null, Body(Chunks(chunk, "[DONE]")));

        Assert.Equal(("Set", ChatFinishReason.Length), (response.Text, response.FinishReason));
    }

    [Fact]
    public async Task Usage_counts_once_wherever_it_stands()
    {
        var response = await AskAsync(false, true, null, Body(Chunks(
            """{"id":"c","choices":[{"delta":{"content":"Settled."},"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}]}""",
            """{"id":"c","choices":[{"delta":{},"finish_reason":"stop"}],"x_groq":{"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}}""",
            """{"id":"c","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""",
            "[DONE]")));

        Assert.Equal((3L, 2L), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
    }
}
