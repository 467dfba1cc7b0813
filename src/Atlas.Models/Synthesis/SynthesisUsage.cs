namespace Atlas.Models.Synthesis;

/// <summary>Calls and tokens of one synthesis.</summary>
/// <param name="Calls">Calls of a language model, repetitions included.</param>
/// <param name="PromptTokens">Tokens sent.</param>
/// <param name="CompletionTokens">Tokens received.</param>
public sealed record SynthesisUsage(int Calls, long PromptTokens, long CompletionTokens)
{
    /// <summary>No call at all.</summary>
    public static SynthesisUsage None { get; } = new(0, 0, 0);

    /// <summary>Tokens in both directions.</summary>
    public long TotalTokens => PromptTokens + CompletionTokens;
}
