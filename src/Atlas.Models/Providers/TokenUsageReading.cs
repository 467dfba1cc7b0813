using System.Text.Json.Nodes;
using Atlas.Domain;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Providers;

/// <summary>Reads the cost of calls from a provider's answers.</summary>
public static class TokenUsageReading
{
    extension(TokenUsage)
    {
        /// <summary>Returns the usage of an answer. It counts as a call even if the provider gave no numbers.</summary>
        public static TokenUsage Of(ChatResponse response)
        {
            ArgumentNullException.ThrowIfNull(response);
            return TokenUsage.Of(response.Usage) ?? TokenUsage.None with { Calls = 1 };
        }

        /// <summary>Returns the usage of a call; null if the provider gave no numbers.</summary>
        public static TokenUsage? Of(UsageDetails? usage)
        {
            if (usage is null or { InputTokenCount: null, OutputTokenCount: null, TotalTokenCount: null })
            {
                return null;
            }

            var (sent, received) = (usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0);
            return new TokenUsage(1, sent, received) { OtherTokens = Math.Max(0, (usage.TotalTokenCount ?? 0) - sent - received) };
        }
    }

    /// <summary>Converts to the form of <c>metadata.token_usage</c>.</summary>
    public static JsonObject ToJson(this TokenUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return new()
        {
            ["prompt_tokens"] = usage.PromptTokens,
            ["completion_tokens"] = usage.CompletionTokens,
            ["total_tokens"] = usage.TotalTokens,
            ["calls"] = usage.Calls,
        };
    }
}
