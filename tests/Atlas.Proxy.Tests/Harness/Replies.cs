using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Atlas.Proxy.Tests.Harness;

/// <summary>Answers of the vendors.</summary>
internal static class Replies
{
    private static int _number;

    public static string NextId(string prefix) => $"{prefix}{Interlocked.Increment(ref _number):D6}{Guid.NewGuid():N}"[..40];

    public static Func<HttpContext, Task> Json(object body, int status = 200) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body as string ?? JsonSerializer.Serialize(body));
    };

    public static Func<HttpContext, Task> Chat(string text, string? id = null, object[]? calls = null, int cached = 8) => Json(new
    {
        id = id ?? NextId("chatcmpl-"),
        @object = "chat.completion",
        created = 1_790_000_000,
        model = "gpt-test",
        choices = new[]
        {
            new { index = 0, message = new { role = "assistant", content = calls is null ? text : null, tool_calls = calls }, finish_reason = calls is null ? "stop" : "tool_calls" },
        },
        usage = new { prompt_tokens = 20, completion_tokens = 5, total_tokens = 25, prompt_tokens_details = new { cached_tokens = cached } },
    });

    public static object Call(string id, string name, string arguments) => new { id, type = "function", function = new { name, arguments } };

    public static Func<HttpContext, Task> Response(string text, string id, object? call = null) => Json(new
    {
        id,
        @object = "response",
        created_at = 1_790_000_000,
        status = "completed",
        model = "gpt-test",
        output = call is null
            ? new[] { Message(text) }
            : new[] { call },
        parallel_tool_calls = true,
        tools = Array.Empty<object>(),
        tool_choice = "auto",
        usage = new { input_tokens = 30, output_tokens = 6, total_tokens = 36, input_tokens_details = new { cached_tokens = 10 }, output_tokens_details = new { reasoning_tokens = 0 } },
    });

    public static Func<HttpContext, Task> Claude(object[] content, string stop = "end_turn", string? id = null) => Json(new
    {
        id = id ?? NextId("msg_"),
        type = "message",
        role = "assistant",
        model = "claude-test",
        content,
        stop_reason = stop,
        stop_sequence = (string?)null,
        usage = new { input_tokens = 10, cache_read_input_tokens = 90, cache_creation_input_tokens = 5, output_tokens = 7 },
    });

    public static Func<HttpContext, Task> Claude(string text) => Claude([new { type = "text", text }]);

    /// <summary>A stream, event by event, each flushed.</summary>
    public static Func<HttpContext, Task> Stream(params string[] events) => async context =>
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        foreach (var happened in events)
        {
            await context.Response.WriteAsync(happened);
            await context.Response.Body.FlushAsync();
        }
    };

    public static string Data(object data) => $"data: {JsonSerializer.Serialize(data)}\n\n";

    public static string Event(string type, object data) => $"event: {type}\ndata: {JsonSerializer.Serialize(data)}\n\n";

    private static object Message(string text) => new
    {
        id = NextId("msg_"),
        type = "message",
        role = "assistant",
        status = "completed",
        content = new[] { new { type = "output_text", text, annotations = Array.Empty<object>() } },
    };
}
