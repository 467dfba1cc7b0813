using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Agents;

/// <summary>Values of models and tools as JSON.</summary>
internal static class JsonValues
{
    /// <summary>A value as JSON; what cannot be written as JSON as its text.</summary>
    public static JsonNode? Of(object? value)
    {
        try
        {
            return value switch
            {
                null => null,
                JsonNode node => node.DeepClone(),
                TextContent text => text.Text,
                _ => JsonSerializer.SerializeToNode(value, AIJsonUtilities.DefaultOptions),
            };
        }
        catch (Exception odd) when (odd is NotSupportedException or JsonException or InvalidOperationException)
        {
            return value?.ToString();
        }
    }

    /// <summary>A value as text: a text as it is, anything else as JSON.</summary>
    public static string Text(object? value) => Of(value) switch
    {
        null => "",
        JsonValue single when single.TryGetValue<string>(out var text) => text,
        var node => node.ToJsonString(AtlasJson.Options),
    };
}
