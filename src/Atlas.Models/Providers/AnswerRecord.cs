using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Providers;

/// <summary>Writes a call of a model into an audit, without keys, headers or addresses.</summary>
internal static class AnswerRecord
{
    /// <summary>Returns messages as <c>[{role, content}]</c>.</summary>
    public static JsonArray Messages(IEnumerable<ChatMessage> messages) =>
        [.. messages.Select(message => new JsonObject { ["role"] = message.Role.Value, ["content"] = message.Text })];

    /// <summary>Returns the model's reasoning as <c>{reasoning_content}</c>; an empty object if there is none.</summary>
    public static JsonObject Reasoning(ChatResponse response)
    {
        var thoughts = string.Concat(response.Messages
            .SelectMany(message => message.Contents)
            .OfType<TextReasoningContent>()
            .Select(content => content.Text));
        return thoughts.Length == 0 ? [] : new JsonObject { ["reasoning_content"] = thoughts };
    }

    /// <summary>Returns the rest of the answer as JSON text: id, model, finish reason and cost.</summary>
    public static string Raw(ChatResponse response) => JsonSerializer.Serialize(
        new
        {
            Id = response.ResponseId,
            Model = response.ModelId,
            FinishReason = response.FinishReason?.Value,
            Usage = response.Usage is not { } usage ? null : new
            {
                PromptTokens = usage.InputTokenCount,
                CompletionTokens = usage.OutputTokenCount,
                TotalTokens = usage.TotalTokenCount,
                CachedTokens = usage.CachedInputTokenCount,
                ReasoningTokens = usage.ReasoningTokenCount,
            },
        },
        AtlasJson.Options);
}
