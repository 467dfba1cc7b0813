using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Agents;

/// <summary>Renders messages as text, including tool calls and reasoning.</summary>
internal static class Transcript
{
    /// <summary>Returns a line for each message except system messages: <c>HUMAN: …</c>, <c>AI: …</c>, <c>AI: tool_calls=…</c>,
    /// <c>TOOL: …</c>, <c>AI_REASONING: …</c>.</summary>
    public static string Of(IEnumerable<ChatMessage> messages) =>
        string.Join('\n', messages.Where(message => message.Role != ChatRole.System).SelectMany(Lines));

    /// <summary>Returns a message as part of a prompt that is one text.</summary>
    public static string Render(ChatMessage message) =>
        message.Role == ChatRole.System || message.Role == ChatRole.User ? message.Text.Trim() : string.Join('\n', Lines(message));

    /// <summary>Returns the tool calls in a message as <c>[{name, args, id}]</c>.</summary>
    public static JsonArray CallsOf(ChatMessage message) =>
    [
        .. message.Contents.OfType<FunctionCallContent>().Select(call => new JsonObject
        {
            ["name"] = call.Name,
            ["args"] = JsonValues.Of(call.Arguments),
            ["id"] = call.CallId,
        }),
    ];

    private static IEnumerable<string> Lines(ChatMessage message)
    {
        var thoughts = string.Concat(message.Contents.OfType<TextReasoningContent>().Select(content => content.Text));
        var calls = CallsOf(message);
        var type = message.Role == ChatRole.Assistant ? "AI" : message.Role == ChatRole.Tool ? "TOOL" : "HUMAN";
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
        {
            yield return $"TOOL: {JsonValues.Text(result.Result)}";
        }

        if (message.Text.Length > 0 || (calls.Count == 0 && message.Role != ChatRole.Tool))
        {
            yield return $"{type}: {message.Text}";
        }

        if (calls.Count > 0)
        {
            yield return $"AI: tool_calls={calls.ToJsonString(AtlasJson.Options)}";
        }

        if (thoughts.Length > 0)
        {
            yield return $"AI_REASONING: {JsonSerializer.Serialize(new { reasoning_content = thoughts }, AtlasJson.Options)}";
        }
    }
}
