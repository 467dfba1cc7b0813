using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Learning.Usage;
using Microsoft.Extensions.AI;

namespace Atlas.Client.Chat;

/// <summary>Interprets the result of a tool for recording and judging.</summary>
public static class ToolOutcome
{
    /// <summary>Determines whether the tool succeeded: it threw nothing, and its answer does not report a failure.</summary>
    /// <remarks>An object with a <c>status</c> is judged by it. Text that begins with <c>Error</c> counts as a failure, because tools and
    /// the function calling of Microsoft.Extensions.AI report failures that way.</remarks>
    public static bool IsSuccess(FunctionResultContent result, JsonNode? output)
    {
        if (result.Exception is not null)
        {
            return false;
        }

        return output switch
        {
            JsonObject answer when answer["status"] is JsonValue status && status.TryGetValue<string>(out var word) =>
                AdoptionSuccess.Of(word, JsonSerializer.SerializeToElement(answer)),
            JsonObject answer => answer["error"] is null,
            JsonValue value when value.TryGetValue<string>(out var text) => !text.StartsWith("Error", StringComparison.OrdinalIgnoreCase),
            _ => true,
        };
    }

    /// <summary>Converts a value to JSON; a value that cannot be written as JSON becomes its text.</summary>
    public static JsonNode? ToJson(object? value)
    {
        try
        {
            return value is null ? null : JsonSerializer.SerializeToNode(value, AIJsonUtilities.DefaultOptions);
        }
        catch (Exception odd) when (odd is NotSupportedException or JsonException or InvalidOperationException)
        {
            return JsonValue.Create(value?.ToString());
        }
    }
}
