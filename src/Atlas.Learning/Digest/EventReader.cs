using System.Text.Json;

namespace Atlas.Learning.Digest;

/// <summary>The few fields of a trajectory event that a digest looks at.</summary>
/// <param name="EventType">The type, such as <c>LLM_END</c>; blank if the event has none.</param>
/// <param name="Name">The name of the tool or node; null if there is none.</param>
/// <param name="IsStudent">Whether the student acted, or no actor is named.</param>
/// <param name="Output">The output; undefined if none is recorded.</param>
internal readonly record struct EventReader(string EventType, string? Name, bool IsStudent, JsonElement Output)
{
    public static EventReader Read(JsonElement source)
    {
        if (source.ValueKind != JsonValueKind.Object)
        {
            return new("", null, false, default);
        }

        var body = source.TryGetProperty("payload", out var payload) && payload.ValueKind == JsonValueKind.Object
            ? payload
            : source;
        var type = Text(body, "event_type") ?? Text(body, "type") ?? "";
        var metadata = Object(body, "metadata");
        var actor = Text(metadata, "actor") ?? Text(body, "actor");
        var data = Object(body, "data");
        var output = Value(data, "output");
        if (output.ValueKind is JsonValueKind.Undefined)
        {
            output = Value(body, "output");
        }

        return new(
            type.ToUpperInvariant(),
            Text(body, "name") ?? Text(body, "tool_name"),
            actor is null || actor.Equals("student", StringComparison.OrdinalIgnoreCase),
            output);
    }

    internal static string? Text(JsonElement source, string key) =>
        Value(source, key) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    internal static JsonElement Value(JsonElement source, string key) =>
        source.ValueKind == JsonValueKind.Object && source.TryGetProperty(key, out var value) ? value : default;

    private static JsonElement Object(JsonElement source, string key) =>
        Value(source, key) is { ValueKind: JsonValueKind.Object } value ? value : default;
}
