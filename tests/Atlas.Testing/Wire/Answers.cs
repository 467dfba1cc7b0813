using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Atlas.Testing.Wire;

/// <summary>Answers in the protocols of the providers, for a <see cref="ScriptedServer"/>.</summary>
public static class Answers
{
    /// <summary>An answer of OpenAI's chat completions.</summary>
    public static Func<HttpContext, Task> OpenAI(string? content, string finish = "stop", string? refusal = null) =>
        Completion(new { role = "assistant", content, refusal }, finish);

    /// <summary>An answer of OpenAI's chat completions that calls a tool with these arguments, a JSON text.</summary>
    public static Func<HttpContext, Task> OpenAITool(string tool, string arguments, string id = "call_1", string? content = null) => Completion(
        new { role = "assistant", content, tool_calls = new[] { new { id, type = "function", function = new { name = tool, arguments } } } },
        "tool_calls");

    /// <summary>An answer of Anthropic's messages.</summary>
    public static Func<HttpContext, Task> Anthropic(string text, string stop = "end_turn") =>
        Message(text.Length == 0 ? [] : [new { type = "text", text }], stop);

    /// <summary>An answer of Anthropic's messages that calls a tool.</summary>
    public static Func<HttpContext, Task> AnthropicTool(string tool, object input, string id = "toolu_1") =>
        Message([new { type = "tool_use", id, name = tool, input }], "tool_use");

    /// <summary>A failure as both protocols tell it.</summary>
    public static Func<HttpContext, Task> Error(int status, string message, params (string Name, string Value)[] headers) =>
        ScriptedServer.Json(new { type = "error", error = new { message, type = "error" } }, status, headers);

    /// <summary>A streamed answer of OpenAI's chat completions, with its usage at the end; afterwards what the test wants.</summary>
    public static Func<HttpContext, Task> Stream(string[] pieces, Func<HttpContext, Task>? end = null) => async context =>
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var piece in pieces)
        {
            await ChunkAsync(context, new { role = "assistant", content = piece }, null);
        }

        await context.Response.Body.FlushAsync();
        await (end?.Invoke(context) ?? EndAsync(context, "stop"));
    };

    /// <summary>A streamed answer of OpenAI's chat completions that calls a tool, the arguments in two pieces.</summary>
    public static Func<HttpContext, Task> StreamTool(string tool, string arguments, string id = "call_1") => async context =>
    {
        context.Response.ContentType = "text/event-stream";
        var half = arguments.Length / 2;
        await ChunkAsync(context, new { role = "assistant", tool_calls = new[] { new { index = 0, id, type = "function", function = new { name = tool, arguments = arguments[..half] } } } }, null);
        await ChunkAsync(context, new { tool_calls = new[] { new { index = 0, function = new { arguments = arguments[half..] } } } }, null);
        await EndAsync(context, "tool_calls");
    };

    /// <summary>A streamed answer of Anthropic's messages; afterwards what the test wants.</summary>
    public static Func<HttpContext, Task> AnthropicStream(string[] pieces, Func<HttpContext, Task>? end = null) => async context =>
    {
        context.Response.ContentType = "text/event-stream";
        await EventAsync(context, "message_start", new { message = Head([], null) });
        await EventAsync(context, "content_block_start", new { index = 0, content_block = new { type = "text", text = "" } });
        foreach (var text in pieces)
        {
            await EventAsync(context, "content_block_delta", new { index = 0, delta = new { type = "text_delta", text } });
        }

        await context.Response.Body.FlushAsync();
        if (end is not null)
        {
            await end(context);
            return;
        }

        await EventAsync(context, "content_block_stop", new { index = 0 });
        await EventAsync(context, "message_delta", new { delta = new { stop_reason = "end_turn", stop_sequence = (string?)null }, usage = new { output_tokens = 5 } });
        await EventAsync(context, "message_stop", new { });
    };

    private static Func<HttpContext, Task> Completion(object message, string finish) => ScriptedServer.Json(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion",
        created = 1_772_000_000,
        model = "gpt-test",
        choices = new[] { new { index = 0, message, finish_reason = finish } },
        usage = Usage,
    });

    private static object Usage { get; } = new { prompt_tokens = 11, completion_tokens = 7, total_tokens = 18 };

    private static Func<HttpContext, Task> Message(object[] content, string stop) => ScriptedServer.Json(Head(content, stop));

    private static object Head(object[] content, string? stop) => new
    {
        id = "msg_1",
        type = "message",
        role = "assistant",
        model = "claude-test",
        content,
        stop_reason = stop,
        stop_sequence = (string?)null,
        usage = new { input_tokens = 13, output_tokens = 5 },
    };

    private static Task ChunkAsync(HttpContext context, object delta, string? finish) => DataAsync(context, new
    {
        id = "chatcmpl-1",
        @object = "chat.completion.chunk",
        created = 1_772_000_000,
        model = "gpt-test",
        choices = new[] { new { index = 0, delta, finish_reason = finish } },
    });

    private static async Task EndAsync(HttpContext context, string finish)
    {
        await ChunkAsync(context, new { }, finish);
        await DataAsync(context, new
        {
            id = "chatcmpl-1",
            @object = "chat.completion.chunk",
            created = 1_772_000_000,
            model = "gpt-test",
            choices = Array.Empty<object>(),
            usage = Usage,
        });
        await context.Response.WriteAsync("data: [DONE]\n\n");
    }

    private static Task DataAsync(HttpContext context, object data) => context.Response.WriteAsync($"data: {JsonSerializer.Serialize(data)}\n\n");

    private static Task EventAsync(HttpContext context, string type, object data)
    {
        var body = JsonSerializer.SerializeToNode(data)!.AsObject();
        body.Insert(0, "type", type);
        return context.Response.WriteAsync($"event: {type}\ndata: {body.ToJsonString()}\n\n");
    }
}
