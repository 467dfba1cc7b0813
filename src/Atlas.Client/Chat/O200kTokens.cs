using Microsoft.ML.Tokenizers;

namespace Atlas.Client.Chat;

/// <summary>Counts tokens with the <c>o200k_base</c> encoding.</summary>
internal static class O200kTokens
{
    // Loading takes a few tenths of a second and is only needed with a token budget.
    private static readonly Lazy<TiktokenTokenizer> Tokenizer = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    public static int Count(string text) => Tokenizer.Value.CountTokens(text);
}
