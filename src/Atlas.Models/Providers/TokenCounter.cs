using Microsoft.ML.Tokenizers;

namespace Atlas.Models.Providers;

/// <summary>Counts tokens as the <c>o200k_base</c> encoding does. Other encodings differ by some per cent.</summary>
public static class TokenCounter
{
    private static readonly Lazy<TiktokenTokenizer> Tokenizer = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    /// <summary>The tokens of a text. The first call loads the encoding, which takes some tenths of a second.</summary>
    public static int Count(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Tokenizer.Value.CountTokens(text);
    }
}
