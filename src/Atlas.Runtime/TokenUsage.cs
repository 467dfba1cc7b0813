using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime;

/// <summary>Tokens of some calls, as the provider counts them.</summary>
/// <param name="PromptTokens">Tokens sent.</param>
/// <param name="CompletionTokens">Tokens received.</param>
/// <param name="TotalTokens">Both, or what the provider says they are together.</param>
/// <param name="Calls">Calls whose answer said what it cost.</param>
public sealed record TokenUsage(long PromptTokens, long CompletionTokens, long TotalTokens, int Calls)
{
    /// <summary>Nothing.</summary>
    public static TokenUsage None { get; } = new(0, 0, 0, 0);

    /// <summary>What one call cost; null if the provider gave no number.</summary>
    public static TokenUsage? Of(UsageDetails? usage)
    {
        if (usage is null or { InputTokenCount: null, OutputTokenCount: null, TotalTokenCount: null })
        {
            return null;
        }

        var (sent, received) = (usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0);
        return new TokenUsage(sent, received, usage.TotalTokenCount ?? sent + received, 1);
    }

    /// <summary>Both together.</summary>
    public static TokenUsage operator +(TokenUsage left, TokenUsage right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(
            left.PromptTokens + right.PromptTokens,
            left.CompletionTokens + right.CompletionTokens,
            left.TotalTokens + right.TotalTokens,
            left.Calls + right.Calls);
    }

    /// <summary>As <c>metadata.token_usage</c>.</summary>
    public JsonObject ToJson() => new()
    {
        ["prompt_tokens"] = PromptTokens,
        ["completion_tokens"] = CompletionTokens,
        ["total_tokens"] = TotalTokens,
        ["calls"] = Calls,
    };
}
