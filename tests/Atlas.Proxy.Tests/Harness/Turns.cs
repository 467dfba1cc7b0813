using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Atlas.Proxy.Tests.Harness;

/// <summary>The same answers in every protocol, at once or as a stream.</summary>
internal static class Turns
{
    private const string Rest = "🙂 done.";

    /// <summary>A call of a tool.</summary>
    public static Func<HttpContext, Task> Call(string protocol, bool streams, string id, string name, string arguments) => (protocol, streams) switch
    {
        ("messages", false) => Replies.Claude([new { type = "tool_use", id, name, input = JsonElement.Parse(arguments) }], "tool_use"),
        ("messages", true) => Claude(
            [
                Replies.Event("content_block_start", new { type = "content_block_start", index = 0, content_block = new { type = "tool_use", id, name, input = new { } } }),
                .. Halves(arguments).Select(half => Replies.Event("content_block_delta", new { type = "content_block_delta", index = 0, delta = new { type = "input_json_delta", partial_json = half } })),
                Replies.Event("content_block_stop", new { type = "content_block_stop", index = 0 }),
            ],
            "tool_use"),
        ("responses", false) => Replies.Json(Whole([new { type = "function_call", id = "fc_1", call_id = id, name, arguments, status = "completed" }])),
        ("responses", true) => Responses([new { type = "function_call", id = "fc_1", call_id = id, name, arguments, status = "completed" }], []),
        (_, false) => Replies.Json(Completion(null, [new { id, type = "function", function = new { name, arguments } }], "tool_calls")),
        _ => Chat(
            [
                new { role = "assistant", tool_calls = new[] { new { index = 0, id, type = "function", function = new { name, arguments = "" } } } },
                .. Halves(arguments).Select(half => (object)new { tool_calls = new[] { new { index = 0, function = new { arguments = half } } } }),
            ],
            "tool_calls"),
    };

    /// <summary>A text that asks nothing more.</summary>
    public static Func<HttpContext, Task> Say(string protocol, bool streams, string text) => (protocol, streams) switch
    {
        ("messages", false) => Claude(text),
        ("messages", true) => Claude(
            [
                Replies.Event("content_block_start", new { type = "content_block_start", index = 0, content_block = new { type = "thinking", thinking = "" } }),
                Replies.Event("content_block_delta", new { type = "content_block_delta", index = 0, delta = new { type = "signature_delta", signature = "EqQB" } }),
                Replies.Event("ping", new { type = "ping" }),
                Replies.Event("content_block_start", new { type = "content_block_start", index = 1, content_block = new { type = "text", text = "" } }),
                .. new[] { text, Rest }.Select(piece => Replies.Event("content_block_delta", new { type = "content_block_delta", index = 1, delta = new { type = "text_delta", text = piece } })),
            ],
            "end_turn"),
        ("responses", false) => Replies.Json(Whole([Message(text + Rest)])),
        ("responses", true) => Responses([Message(text + Rest)], [text, Rest]),
        (_, false) => Replies.Json(Completion(text + Rest, null, "stop")),
        _ => Chat([new { role = "assistant", content = text }, new { content = Rest }], "stop"),
    };

    private static Func<HttpContext, Task> Claude(string text) => context => Replies.Json(new
    {
        id = Replies.NextId("msg_"),
        type = "message",
        role = "assistant",
        model = "claude-test",
        content = new object[] { new { type = "thinking", thinking = "Hm.", signature = "EqQB" }, new { type = "text", text = text + Rest } },
        stop_reason = "end_turn",
        usage = new { input_tokens = 10, cache_read_input_tokens = 90, cache_creation_input_tokens = 5, output_tokens = 7 },
    })(context);

    private static Func<HttpContext, Task> Claude(string[] blocks, string stop) => Replies.Stream(
    [
        Replies.Event("message_start", new
        {
            type = "message_start",
            message = new
            {
                id = Replies.NextId("msg_"),
                type = "message",
                role = "assistant",
                model = "claude-test",
                content = Array.Empty<object>(),
                stop_reason = (string?)null,
                usage = new { input_tokens = 10, cache_read_input_tokens = 90, cache_creation_input_tokens = 5, output_tokens = 1 },
            },
        }),
        .. blocks,
        Replies.Event("message_delta", new { type = "message_delta", delta = new { stop_reason = stop, stop_sequence = (string?)null }, usage = new { output_tokens = 7 } }),
        Replies.Event("message_stop", new { type = "message_stop" }),
    ]);

    private static Func<HttpContext, Task> Chat(object[] deltas, string finish)
    {
        var id = Replies.NextId("chatcmpl-");
        object Chunk(object[] choices, object? usage) => new { id, @object = "chat.completion.chunk", created = 1_790_000_000, model = "gpt-test", choices, usage };
        return Replies.Stream(
        [
            .. deltas.Select(delta => Replies.Data(Chunk([new { index = 0, delta, finish_reason = (string?)null }], null))),
            Replies.Data(Chunk([new { index = 0, delta = new { }, finish_reason = finish }], null)),
            Replies.Data(Chunk([], Tokens)),
            "data: [DONE]\n\n",
        ]);
    }

    private static Func<HttpContext, Task> Responses(object[] output, string[] deltas)
    {
        var whole = Whole(output);
        var number = 0;
        return Replies.Stream(
        [
            Replies.Event("response.created", new { type = "response.created", sequence_number = number++, response = Whole([]) }),
            .. deltas.Length == 0 ? [] : new[]
            {
                Replies.Event("response.output_item.added", new { type = "response.output_item.added", sequence_number = number++, output_index = 0, item = new { id = "msg_1", type = "message", role = "assistant", status = "in_progress", content = Array.Empty<object>() } }),
                Replies.Event("response.content_part.added", new { type = "response.content_part.added", sequence_number = number++, output_index = 0, content_index = 0, item_id = "msg_1", part = new { type = "output_text", text = "", annotations = Array.Empty<object>() } }),
            },
            .. deltas.Select(delta => Replies.Event("response.output_text.delta", new { type = "response.output_text.delta", sequence_number = number++, output_index = 0, content_index = 0, item_id = "msg_1", delta, logprobs = Array.Empty<object>() })),
            .. output.Select((item, index) => Replies.Event("response.output_item.done", new { type = "response.output_item.done", sequence_number = number++, output_index = index, item })),
            Replies.Event("response.completed", new { type = "response.completed", sequence_number = number++, response = whole }),
        ]);
    }

    private static object Tokens { get; } = new { prompt_tokens = 105, completion_tokens = 7, total_tokens = 112, prompt_tokens_details = new { cached_tokens = 90 } };

    private static object Completion(string? content, object[]? calls, string finish) => new
    {
        id = Replies.NextId("chatcmpl-"),
        @object = "chat.completion",
        created = 1_790_000_000,
        model = "gpt-test",
        choices = new[] { new { index = 0, message = new { role = "assistant", content, tool_calls = calls }, finish_reason = finish } },
        usage = Tokens,
    };

    private static object Whole(object[] output) => new
    {
        id = Replies.NextId("resp_"),
        @object = "response",
        created_at = 1_790_000_000,
        status = "completed",
        model = "gpt-test",
        output,
        parallel_tool_calls = true,
        tools = Array.Empty<object>(),
        tool_choice = "auto",
        usage = new { input_tokens = 105, output_tokens = 7, total_tokens = 112, input_tokens_details = new { cached_tokens = 90 }, output_tokens_details = new { reasoning_tokens = 0 } },
    };

    private static object Message(string text) => new
    {
        id = "msg_1",
        type = "message",
        role = "assistant",
        status = "completed",
        content = new[] { new { type = "output_text", text, annotations = Array.Empty<object>(), logprobs = Array.Empty<object>() } },
    };

    private static string[] Halves(string text) => [text[..(text.Length / 2)], text[(text.Length / 2)..]];
}
