using Microsoft.ML.Tokenizers;

namespace Atlas.Client.Chat;

/// <summary>Counts tokens as the <c>o200k_base</c> encoding does.</summary>
internal static class O200kTokens
{
    // Loading it takes some tenths of a second and is of no use without a budget.
    private static readonly Lazy<TiktokenTokenizer> Tokenizer = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    public static int Count(string text) => Tokenizer.Value.CountTokens(text);
}
