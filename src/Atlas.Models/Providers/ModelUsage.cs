using Microsoft.Extensions.AI;

namespace Atlas.Models.Providers;

/// <summary>Calls and tokens of some piece of work.</summary>
/// <param name="Calls">Calls of a language model that were answered.</param>
/// <param name="PromptTokens">Tokens sent, as the provider counts them; 0 if it does not say.</param>
/// <param name="CompletionTokens">Tokens received, as the provider counts them; 0 if it does not say.</param>
public sealed record ModelUsage(int Calls, long PromptTokens, long CompletionTokens)
{
    /// <summary>No call at all.</summary>
    public static ModelUsage None { get; } = new(0, 0, 0);

    /// <summary>Tokens in both directions.</summary>
    public long TotalTokens => PromptTokens + CompletionTokens;

    /// <summary>What one answer cost.</summary>
    public static ModelUsage Of(ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return new(1, response.Usage?.InputTokenCount ?? 0, response.Usage?.OutputTokenCount ?? 0);
    }

    /// <summary>Both together.</summary>
    public static ModelUsage operator +(ModelUsage left, ModelUsage right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(left.Calls + right.Calls, left.PromptTokens + right.PromptTokens, left.CompletionTokens + right.CompletionTokens);
    }
}
