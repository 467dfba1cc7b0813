using System.Text.Json;
using Atlas.Import.Json;

namespace Atlas.Import.Conversations;

/// <summary>Reads the tool calls of a message.</summary>
internal static class CallReader
{
    /// <summary>Reads the calls in a message's <c>tool_calls</c>, in its legacy <c>function_call</c> and among its parts.</summary>
    public static IReadOnlyList<ChatCall> Read(JsonElement message, string path, IReadOnlyList<ChatCall> inParts)
    {
        List<ChatCall> calls = [.. inParts];
        var source = Fields.Optional(message, "tool_calls");
        if (source.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Array))
        {
            throw new RecordException($"'{path}.tool_calls' must be a list; it is {Fields.Describe(source.ValueKind)}.");
        }

        if (source.ValueKind is JsonValueKind.Array)
        {
            foreach (var call in source.EnumerateArray())
            {
                calls.Add(Call(call, $"{path}.tool_calls[{calls.Count}]"));
            }
        }

        if (Fields.Optional(message, "function_call") is { ValueKind: JsonValueKind.Object } old)
        {
            calls.Add(Call(old, $"{path}.function_call"));
        }

        return calls;
    }

    /// <summary>Reads answers that are stored in the calls themselves, as STATE-Bench writes them.</summary>
    public static IEnumerable<ChatMessage> Results(JsonElement message) =>
        Fields.Optional(message, "tool_calls") is { ValueKind: JsonValueKind.Array } calls
            ? calls.EnumerateArray()
                .Where(call => call.ValueKind == JsonValueKind.Object && call.TryGetProperty("result", out _))
                .Select(call => ChatMessage.Answer(Text(call.GetProperty("result")), Fields.OptionalText(call, "id"), Fields.OptionalText(call, "name")))
            : [];

    /// <summary>Reads a call with its name and arguments inside <c>function</c>, or beside the id.</summary>
    public static ChatCall Call(JsonElement call, string at)
    {
        if (call.ValueKind != JsonValueKind.Object)
        {
            throw new RecordException($"'{at}' must be an object; it is {Fields.Describe(call.ValueKind)}.");
        }

        var isFlat = call.TryGetProperty("name", out _) && !call.TryGetProperty("function", out _);
        var function = isFlat ? call : Fields.Required(call, "function", $"{at}.function", JsonValueKind.Object);
        var arguments = Fields.Optional(function, "arguments") is { ValueKind: not JsonValueKind.Undefined } given ? given
            : Fields.Optional(function, "input") is { ValueKind: not JsonValueKind.Undefined } input ? input
            : Fields.Optional(function, "args");
        return new ChatCall(
            Fields.OptionalText(call, "id") ?? Fields.OptionalText(call, "call_id"),
            Fields.RequiredText(function, "name", isFlat ? $"{at}.name" : $"{at}.function.name"),
            arguments.ValueKind switch
            {
                JsonValueKind.String => arguments.GetString()!,
                JsonValueKind.Object or JsonValueKind.Array => ValueText.Of(arguments),
                _ => "{}",
            });
    }

    /// <summary>Converts a value to text: strings as they are, everything else as JSON, null as null.</summary>
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => ValueText.Of(value),
    };
}
