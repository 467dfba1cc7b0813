using System.Text.Json.Nodes;
using Atlas.Runtime.Agents;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Students;

/// <summary>A message in the form used in events: <c>{role, content, tool_calls?, tool_call_id?, reasoning_content?}</c>.</summary>
internal static class MessageJson
{
    public static JsonObject Of(ChatMessage message)
    {
        var results = message.Contents.OfType<FunctionResultContent>().ToArray();
        var json = new JsonObject
        {
            ["role"] = message.Role.Value,
            ["content"] = results.Length > 0 ? string.Join('\n', results.Select(result => JsonValues.Text(result.Result))) : message.Text,
        };
        if (Transcript.CallsOf(message) is { Count: > 0 } calls)
        {
            json["tool_calls"] = calls;
        }

        if (results.Length > 0)
        {
            json["tool_call_id"] = string.Join(',', results.Select(result => result.CallId));
        }

        var thoughts = string.Concat(message.Contents.OfType<TextReasoningContent>().Select(content => content.Text));
        if (thoughts.Length > 0)
        {
            json["reasoning_content"] = thoughts;
        }

        return json;
    }

    /// <summary>Returns the messages of a call that the previous call did not have.</summary>
    public static JsonObject NewOf(IReadOnlyList<ChatMessage> messages, int known) => new()
    {
        ["messages"] = new JsonArray([.. messages.Skip(known).Select(Of)]),
        ["known_messages"] = known,
    };
}
