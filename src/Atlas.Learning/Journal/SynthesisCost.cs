namespace Atlas.Learning.Journal;

/// <summary>Calls and tokens of syntheses.</summary>
/// <param name="Calls">Calls of a language model.</param>
/// <param name="PromptTokens">Tokens sent.</param>
/// <param name="CompletionTokens">Tokens received.</param>
public sealed record SynthesisCost(int Calls, long PromptTokens, long CompletionTokens)
{
    /// <summary>Nothing.</summary>
    public static SynthesisCost None { get; } = new(0, 0, 0);

    /// <summary>Both together.</summary>
    public static SynthesisCost operator +(SynthesisCost left, SynthesisCost right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(left.Calls + right.Calls, left.PromptTokens + right.PromptTokens, left.CompletionTokens + right.CompletionTokens);
    }
}
