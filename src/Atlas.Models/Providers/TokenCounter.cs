using Microsoft.ML.Tokenizers;

namespace Atlas.Models.Providers;

/// <summary>Counts tokens with the <c>o200k_base</c> encoding. Other encodings differ by a few percent.</summary>
public static class TokenCounter
{
    private static readonly Lazy<TiktokenTokenizer> Tokenizer = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    /// <summary>Counts the tokens of a text. The first call loads the encoding, which takes a few tenths of a second.</summary>
    public static int Count(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Tokenizer.Value.CountTokens(text);
    }
}
