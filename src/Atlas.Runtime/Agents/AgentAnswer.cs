using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Agents;

/// <summary>Reads the answer of an agent that is not a chat client: plain text, or an object that wraps a message.</summary>
public static class AgentAnswer
{
    private static readonly string[] Wrapping = ["content", "tool_calls", "usage", "role", "reasoning_content"];

    /// <summary>Reads a text: an object as <see cref="Read(JsonNode)"/> does, anything else unchanged.</summary>
    public static ChatResponseUpdate Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().TrimStart().StartsWith("{"))
        {
            return new ChatResponseUpdate(ChatRole.Assistant, text);
        }

        try
        {
            return JsonValues.Parse(text) is JsonObject answer && IsMessage(answer) ? Read(answer) : new ChatResponseUpdate(ChatRole.Assistant, text);
        }
        catch (JsonException)
        {
            return new ChatResponseUpdate(ChatRole.Assistant, text);
        }
    }

    /// <summary>Reads a value. An object made of <c>content</c>, <c>tool_calls</c>, <c>usage</c>, <c>reasoning_content</c> and <c>role</c>
    /// is taken apart; a string is the text; anything else becomes its JSON.</summary>
    /// <remarks>Tool calls are accepted in both forms, <c>{name, arguments, id}</c> and <c>{id, function: {name, arguments}}</c>; arguments
    /// can be an object or JSON text. What cannot be read as a call is left out.</remarks>
    public static ChatResponseUpdate Read(JsonNode? value)
    {
        if (value is not JsonObject answer || !IsMessage(answer))
        {
            return new ChatResponseUpdate(ChatRole.Assistant, JsonValues.Text(value));
        }

        var contents = new List<AIContent>();
        if (JsonValues.Text(answer["reasoning_content"]) is { Length: > 0 } thoughts)
        {
            contents.Add(new TextReasoningContent(thoughts));
        }

        if (JsonValues.Text(answer["content"]) is { Length: > 0 } said)
        {
            contents.Add(new TextContent(said));
        }

        contents.AddRange((answer["tool_calls"] as JsonArray ?? []).Select(CallOf).OfType<AIContent>());
        if (UsageOf(answer["usage"] as JsonObject) is { } usage)
        {
            contents.Add(new UsageContent(usage));
        }

        return new ChatResponseUpdate(ChatRole.Assistant, contents);
    }

    private static bool IsMessage(JsonObject answer) =>
        answer.Count > 0
        && (answer.ContainsKey("content") || answer["tool_calls"] is JsonArray)
        && answer.All(member => Wrapping.Contains(member.Key, StringComparer.Ordinal));

    private static FunctionCallContent? CallOf(JsonNode? call, int index)
    {
        if (call is not JsonObject outer)
        {
            return null;
        }

        var inner = outer["function"] as JsonObject ?? outer;
        var name = JsonValues.Text(inner["name"]);
        var id = JsonValues.Text(outer["id"]);
        return name.Length == 0
            ? null
            : new FunctionCallContent(id.Length > 0 ? id : $"call-{index + 1}", name, ArgumentsOf(inner["arguments"] ?? inner["args"]));
    }

    private static Dictionary<string, object?>? ArgumentsOf(JsonNode? arguments)
    {
        try
        {
            var given = arguments is JsonValue text && text.TryGetValue<string>(out var json) ? JsonValues.Parse(json) : arguments;
            return (given as JsonObject)?.ToDictionary(member => member.Key, member => (object?)member.Value?.DeepClone(), StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static UsageDetails? UsageOf(JsonObject? usage)
    {
        if (usage is null)
        {
            return null;
        }

        var details = new UsageDetails
        {
            InputTokenCount = Number(usage["prompt_tokens"] ?? usage["input_tokens"]),
            OutputTokenCount = Number(usage["completion_tokens"] ?? usage["output_tokens"]),
            TotalTokenCount = Number(usage["total_tokens"]),
        };
        return details is { InputTokenCount: null, OutputTokenCount: null, TotalTokenCount: null } ? null : details;
    }

    private static long? Number(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number && JsonSerializer.Deserialize<double>(value, AtlasJson.Options) is var number && double.IsFinite(number)
            ? (long)number
            : null;
}
