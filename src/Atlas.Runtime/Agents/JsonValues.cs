using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Agents;

/// <summary>Converts values of models and tools to JSON.</summary>
internal static class JsonValues
{
    /// <summary>Returns a value as JSON; a value that cannot be written as JSON becomes its text.</summary>
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

    /// <summary>Parses JSON that a model or an agent wrote. Half of a surrogate pair, which could not be read, becomes U+FFFD.</summary>
    /// <exception cref="JsonException">The text is not JSON, or an object in it has a member twice.</exception>
    public static JsonNode? Parse(string text, JsonDocumentOptions options = default)
    {
        options.AllowDuplicateProperties = false;
        return JsonNode.Parse(text.Contains("\\u", StringComparison.Ordinal) ? StorableText.Json(text) : text, documentOptions: options);
    }

    /// <summary>Returns a value as text: a string unchanged, anything else as JSON.</summary>
    public static string Text(object? value) => Of(value) switch
    {
        null => "",
        JsonValue single when single.TryGetValue<string>(out var text) => text,
        var node => node.ToJsonString(AtlasJson.Options),
    };
}
