using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Runtime.Agents;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Students;

/// <summary>Checks the arguments of a call against the tool's schema.</summary>
internal static class ToolArguments
{
    /// <summary>Returns the arguments, with the schema's defaults for missing ones.</summary>
    /// <exception cref="ArgumentException">A required argument is missing, or the tool has no such argument.</exception>
    public static JsonObject Check(AIFunctionDeclaration tool, IDictionary<string, object?>? given)
    {
        var arguments = JsonValues.Of(given) as JsonObject ?? [];
        if (tool.JsonSchema is not { ValueKind: JsonValueKind.Object } schema
            || !schema.TryGetProperty("properties", out var properties)
            || properties.ValueKind != JsonValueKind.Object)
        {
            return arguments;
        }

        var closed = schema.TryGetProperty("additionalProperties", out var additional)
            ? additional.ValueKind == JsonValueKind.False
            : properties.EnumerateObject().Any();
        if (closed && arguments.Select(argument => argument.Key).FirstOrDefault(name => !properties.TryGetProperty(name, out _)) is { } unknown)
        {
            throw new ArgumentException(
                $"{tool.Name} has no argument '{unknown}'. It has: {string.Join(", ", properties.EnumerateObject().Select(property => property.Name))}.");
        }

        foreach (var property in properties.EnumerateObject())
        {
            if (!arguments.ContainsKey(property.Name)
                && property.Value.ValueKind == JsonValueKind.Object
                && property.Value.TryGetProperty("default", out var standard))
            {
                arguments[property.Name] = JsonNode.Parse(standard.GetRawText());
            }
        }

        if (schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array
            && required.EnumerateArray().Select(name => name.GetString()).FirstOrDefault(name => name is not null && !arguments.ContainsKey(name)) is { } missing)
        {
            throw new ArgumentException($"{tool.Name} needs the argument '{missing}'.");
        }

        return arguments;
    }
}
