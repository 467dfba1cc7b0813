using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Learning.Usage;
using Microsoft.Extensions.AI;

namespace Atlas.Client.Chat;

/// <summary>What a tool gave back, as it is recorded and judged.</summary>
public static class ToolOutcome
{
    /// <summary>Whether the tool did its work: it threw nothing, and its answer does not say that it failed.</summary>
    /// <remarks>An object with a <c>status</c> speaks for itself. Text that begins with <c>Error</c> is what tools, and the
    /// function calling of Microsoft.Extensions.AI, answer for a failure.</remarks>
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

    /// <summary>A value as JSON; what cannot be written as JSON as its text.</summary>
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
