using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Proxy.Routing;
using Microsoft.Extensions.AI;

namespace Atlas.Proxy.Recording;

/// <summary>Reads the messages that are sent to a model, in any of the protocols: texts, tool calls, and their results.</summary>
internal static class RequestMessages
{
    /// <summary>The name of a message's property with a digest over content that is neither text nor a tool call, such as images.</summary>
    public const string Others = "others";

    /// <summary>Returns the messages of a body. One that cannot be read ends the list; lone surrogates become U+FFFD.</summary>
    /// <param name="body">The body.</param>
    /// <param name="kind">The protocol.</param>
    /// <param name="repeats">Says of what a user, system or assistant wrote, by its role and JSON, whether it can be left out; null for
    /// never.</param>
    public static List<ChatMessage> Read(ReadOnlyMemory<byte> body, CallKind kind, Func<ChatRole, JsonElement, bool>? repeats = null)
    {
        var messages = new List<ChatMessage>();
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 512 });
            Read(messages, SafeJson.Whole(document.RootElement), kind, repeats);
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException)
        {
            // The call passes all the same; the upstream says what is wrong.
        }

        return messages;
    }

    private static void Read(List<ChatMessage> messages, JsonElement root, CallKind kind, Func<ChatRole, JsonElement, bool>? repeats)
    {
        if (root.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        if (kind is CallKind.Responses ? root.TryGetProperty("instructions", out var system) : kind.IsAnthropic() && root.TryGetProperty("system", out system))
        {
            AddUnlessRepeated(messages, ChatRole.System, system, repeats);
        }

        if (!root.TryGetProperty(kind is CallKind.Responses ? "input" : "messages", out var list))
        {
            return;
        }

        if (list.ValueKind is JsonValueKind.String)
        {
            AddUnlessRepeated(messages, ChatRole.User, list, repeats);
        }
        else if (list.ValueKind is JsonValueKind.Array)
        {
            foreach (var turn in list.EnumerateArray().Where(turn => turn.ValueKind is JsonValueKind.Object))
            {
                Read(messages, turn, repeats);
            }
        }
    }

    /// <summary>Returns the text of a content, with its blocks in order.</summary>
    public static string TextOf(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => SafeJson.Text(content),
        JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(block => block.ValueKind is JsonValueKind.Object ? Text(block, "text") ?? "" : "")),
        _ => "",
    };

    /// <summary>Returns the arguments of a tool call, which are a JSON text or an object.</summary>
    public static Dictionary<string, object?>? Arguments(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return null;
        }

        try
        {
            var read = SafeJson.Whole(JsonElement.Parse(json));
            return read.ValueKind is JsonValueKind.Object
                ? read.EnumerateObject().DistinctBy(member => member.Name).ToDictionary(member => member.Name, member => (object?)member.Value, StringComparer.Ordinal)
                : new Dictionary<string, object?> { ["input"] = read };
        }
        catch (JsonException)
        {
            // A partial text of a stream that was cut off, or a tool that takes plain text.
            return new Dictionary<string, object?> { ["input"] = json };
        }
    }

    public static string? Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? SafeJson.Text(value) : null;

    private static void Read(List<ChatMessage> messages, JsonElement turn, Func<ChatRole, JsonElement, bool>? repeats)
    {
        var type = Text(turn, "type") ?? "message";
        if (type.EndsWith("_call_output", StringComparison.Ordinal) && Text(turn, "call_id") is { } called)
        {
            messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(called, Output(turn, "output"))]));
        }
        else if (type.EndsWith("_call", StringComparison.Ordinal) && Text(turn, "call_id") is { } call)
        {
            Assistant(messages).Contents.Add(new FunctionCallContent(call, Text(turn, "name") ?? type, Arguments(Text(turn, "arguments") ?? Text(turn, "input"))));
        }
        else if (Text(turn, "role") is { } role)
        {
            turn.TryGetProperty("content", out var content);
            if (role == "tool" && Text(turn, "tool_call_id") is { } answered)
            {
                messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(answered, Output(turn, "content"))]));
            }
            else
            {
                AddUnlessRepeated(messages, RoleOf(role), content, repeats);
                Calls(messages, turn);
            }
        }
    }

    private static void Calls(List<ChatMessage> messages, JsonElement turn)
    {
        if (turn.TryGetProperty("tool_calls", out var calls) && calls.ValueKind is JsonValueKind.Array)
        {
            foreach (var call in calls.EnumerateArray())
            {
                var function = call.ValueKind is JsonValueKind.Object && (call.TryGetProperty("function", out var found) || call.TryGetProperty("custom", out found)) ? found : default;
                if (Text(call, "id") is { } id && Text(function, "name") is { } name)
                {
                    Assistant(messages).Contents.Add(new FunctionCallContent(id, name, Arguments(Text(function, "arguments") ?? Text(function, "input"))));
                }
            }
        }
    }

    private static void AddUnlessRepeated(List<ChatMessage> messages, ChatRole role, JsonElement content, Func<ChatRole, JsonElement, bool>? repeats)
    {
        if (repeats?.Invoke(role, content) is not true)
        {
            Add(messages, role, content);
        }
    }

    private static void Add(List<ChatMessage> messages, ChatRole role, JsonElement content)
    {
        var contents = new List<AIContent>();
        StringBuilder? others = null;
        foreach (var block in content.ValueKind is JsonValueKind.Array ? content.EnumerateArray() : default)
        {
            switch (Text(block, "type"))
            {
                case "tool_use" when Text(block, "id") is { } id && Text(block, "name") is { } name:
                    contents.Add(new FunctionCallContent(id, name, block.TryGetProperty("input", out var input) ? Arguments(input.GetRawText()) : null));
                    break;
                case "tool_result" when Text(block, "tool_use_id") is { } id:
                    var failed = block.TryGetProperty("is_error", out var error) && error.ValueKind is JsonValueKind.True;
                    contents.Add(new FunctionResultContent(id, Output(block, "content")) { Exception = failed ? new InvalidOperationException("The tool failed.") : null });
                    break;
                case "text" or "input_text" or "output_text":
                    contents.Add(new TextContent(Text(block, "text")));
                    break;
                case { } other when !(role == ChatRole.Assistant && other is "thinking" or "redacted_thinking" or "refusal"):
                    (others ??= new StringBuilder()).Append(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(block.GetRawText()))));
                    break;
            }
        }

        if (content.ValueKind is JsonValueKind.String)
        {
            contents.Add(new TextContent(SafeJson.Text(content)));
        }

        if (role == ChatRole.Assistant && messages is [.., { } before] && before.Role == ChatRole.Assistant)
        {
            contents.ForEach(before.Contents.Add);
            return;
        }

        var message = new ChatMessage(role, contents);
        if (others is not null)
        {
            (message.AdditionalProperties ??= [])[Others] = others.ToString();
        }

        messages.Add(message);
    }

    private static ChatMessage Assistant(List<ChatMessage> messages)
    {
        if (messages is [.., { } last] && last.Role == ChatRole.Assistant)
        {
            return last;
        }

        var fresh = new ChatMessage(ChatRole.Assistant, new List<AIContent>());
        messages.Add(fresh);
        return fresh;
    }

    /// <summary>Returns a tool's output: as JSON if it is valid JSON, otherwise as text.</summary>
    private static object? Output(JsonElement turn, string name)
    {
        if (!turn.TryGetProperty(name, out var output))
        {
            return null;
        }

        var text = TextOf(output);
        if (text.Length == 0)
        {
            return output.ValueKind is JsonValueKind.String ? "" : output.Clone();
        }

        try
        {
            return text[0] is '{' or '[' ? SafeJson.Whole(JsonElement.Parse(text)) : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static ChatRole RoleOf(string role) => role switch
    {
        "system" or "developer" => ChatRole.System,
        "assistant" => ChatRole.Assistant,
        "tool" or "function" => ChatRole.Tool,
        _ => ChatRole.User,
    };
}
