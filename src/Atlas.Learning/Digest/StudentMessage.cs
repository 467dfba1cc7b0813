using System.Text.Json;

namespace Atlas.Learning.Digest;

/// <summary>A message of the student, as found in the output of a model call.</summary>
/// <param name="Text">What it says; blank if it only calls tools.</param>
/// <param name="ToolNames">The tools it asks for, in order.</param>
internal sealed record StudentMessage(string Text, IReadOnlyList<string> ToolNames)
{
    // Deeper nesting than a list of messages with parts is not a message.
    private const int DeepestNesting = 4;

    /// <summary>Reads a text, a message, a list of them, or an object that contains them as <c>messages</c> or <c>message</c>.</summary>
    public static IEnumerable<StudentMessage> In(JsonElement output, int depth = 0)
    {
        if (depth > DeepestNesting)
        {
            return [];
        }

        return output.ValueKind switch
        {
            JsonValueKind.String => [new(output.GetString()!, [])],
            JsonValueKind.Array => output.EnumerateArray().SelectMany(item => In(item, depth + 1)),
            JsonValueKind.Object => FromObject(output, depth),
            _ => [],
        };
    }

    private static IEnumerable<StudentMessage> FromObject(JsonElement source, int depth)
    {
        foreach (var key in (string[])["messages", "message"])
        {
            var inner = EventReader.Value(source, key);
            if (inner.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
            {
                return In(inner, depth + 1);
            }
        }

        var role = EventReader.Text(source, "role") ?? EventReader.Text(source, "type");
        if (role is not (null or "assistant" or "ai" or "AIMessage"))
        {
            return [];
        }

        return [new(ContentOf(source), ToolsOf(source))];
    }

    private static string ContentOf(JsonElement message)
    {
        var content = EventReader.Value(message, "content");
        if (content.ValueKind == JsonValueKind.Undefined)
        {
            content = EventReader.Value(message, "text");
        }

        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array => string.Join('\n', content.EnumerateArray().Select(PartText).Where(text => text is not null)),
            _ => "",
        };
    }

    private static string? PartText(JsonElement part) =>
        part.ValueKind == JsonValueKind.String ? part.GetString() : EventReader.Text(part, "text");

    private static List<string> ToolsOf(JsonElement message)
    {
        var names = new List<string>();
        if (EventReader.Value(message, "tool_calls") is { ValueKind: JsonValueKind.Array } calls)
        {
            foreach (var call in calls.EnumerateArray())
            {
                var name = EventReader.Text(EventReader.Value(call, "function"), "name") ?? EventReader.Text(call, "name");
                if (name is not null)
                {
                    names.Add(name);
                }
            }
        }

        return names;
    }
}
