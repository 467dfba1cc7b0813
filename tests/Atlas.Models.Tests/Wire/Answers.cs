using Microsoft.AspNetCore.Http;

namespace Atlas.Models.Tests.Wire;

/// <summary>Answers in the protocols of the providers.</summary>
internal static class Answers
{
    /// <summary>An answer of OpenAI's chat completions.</summary>
    public static Func<HttpContext, Task> OpenAI(string? content, string finish = "stop", string? refusal = null) => ScriptedServer.Json(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion",
        created = 1_772_000_000,
        model = "gpt-test",
        choices = new[] { new { index = 0, message = new { role = "assistant", content, refusal }, finish_reason = finish } },
        usage = new { prompt_tokens = 11, completion_tokens = 7, total_tokens = 18 },
    });

    /// <summary>An answer of Anthropic's messages.</summary>
    public static Func<HttpContext, Task> Anthropic(string text, string stop = "end_turn") => ScriptedServer.Json(new
    {
        id = "msg_1",
        type = "message",
        role = "assistant",
        model = "claude-test",
        content = text.Length == 0 ? [] : new object[] { new { type = "text", text } },
        stop_reason = stop,
        stop_sequence = (string?)null,
        usage = new { input_tokens = 13, output_tokens = 5 },
    });

    public static Func<HttpContext, Task> Error(int status, string message, params (string Name, string Value)[] headers) =>
        ScriptedServer.Json(new { error = new { message, type = "error" } }, status, headers);

    /// <summary>A streamed answer of OpenAI's chat completions; afterwards what the test wants.</summary>
    public static Func<HttpContext, Task> Stream(string[] pieces, Func<HttpContext, Task>? end = null) => async context =>
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var piece in pieces)
        {
            var chunk = new
            {
                id = "chatcmpl-1",
                @object = "chat.completion.chunk",
                created = 1_772_000_000,
                model = "gpt-test",
                choices = new[] { new { index = 0, delta = new { role = "assistant", content = piece }, finish_reason = (string?)null } },
            };
            await context.Response.WriteAsync($"data: {System.Text.Json.JsonSerializer.Serialize(chunk)}\n\n");
        }

        await context.Response.Body.FlushAsync();
        await (end?.Invoke(context) ?? context.Response.WriteAsync("data: [DONE]\n\n"));
    };
}
