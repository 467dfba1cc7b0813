namespace Atlas.Storage.Judging;

/// <summary>What an attempt at judging cost.</summary>
/// <param name="Calls">Calls of language models.</param>
/// <param name="PromptTokens">Tokens sent.</param>
/// <param name="CompletionTokens">Tokens received.</param>
public sealed record JudgingCost(int Calls, long PromptTokens, long CompletionTokens)
{
    /// <summary>Nothing.</summary>
    public static JudgingCost None { get; } = new(0, 0, 0);
}
