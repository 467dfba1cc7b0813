using System.Text.Json;
using Atlas.Runtime.Agents;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Configured;

/// <summary>Reads <c>agent.response_format</c>, which is written as in chat completions.</summary>
public static class ResponseFormats
{
    /// <summary>Returns the format to request from a model; null if none is written.</summary>
    /// <param name="written">The value of the key.</param>
    /// <exception cref="AgentException">The value has none of the known forms.</exception>
    public static ChatResponseFormat? Of(JsonElement? written)
    {
        if (written is not { ValueKind: JsonValueKind.Object } format)
        {
            return written is null or { ValueKind: JsonValueKind.Null } ? null : throw Unknown();
        }

        return TextOf(format, "type") switch
        {
            "text" => ChatResponseFormat.Text,
            "json_object" => ChatResponseFormat.Json,
            "json_schema" when format.TryGetProperty("json_schema", out var named)
                && named.ValueKind == JsonValueKind.Object
                && named.TryGetProperty("schema", out var schema) =>
                ChatResponseFormat.ForJsonSchema(schema, TextOf(named, "name"), TextOf(named, "description")),
            _ => throw Unknown(),
        };
    }

    private static string? TextOf(JsonElement value, string name) =>
        value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static AgentException Unknown() => new(
        "agent.response_format must be { type: text }, { type: json_object } or { type: json_schema, json_schema: { name, schema } }.");
}
