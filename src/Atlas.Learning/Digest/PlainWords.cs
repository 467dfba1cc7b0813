using System.Text.RegularExpressions;

namespace Atlas.Learning.Digest;

/// <summary>Finds the plain words of a text: those written entirely in lower case and not joined to anything else.</summary>
/// <remarks>Names are capitalised, and codes and identifiers contain digits, underscores, dots or hyphens, so none of them is a plain word.
/// The price is that a word at the beginning of a sentence is missed.</remarks>
internal static partial class PlainWords
{
    private const int ShortestWord = 3;
    private const int LongestWord = 24;

    // Bounds the time that an unusual event can take; a longer text adds few new words.
    private const int LongestText = 32_768;

    public static List<string> In(string text)
    {
        var bounded = text.AsSpan(0, Math.Min(text.Length, LongestText));
        var words = new List<string>();
        foreach (var match in Word().EnumerateMatches(bounded))
        {
            if (match.Length is >= ShortestWord and <= LongestWord)
            {
                words.Add(bounded.Slice(match.Index, match.Length).ToString());
            }
        }

        return words;
    }

    [GeneratedRegex(@"(?<![\p{L}\p{M}\p{N}_@#./\\'’-])[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{M}]*(?![\p{L}\p{M}\p{N}_@/\\'’]|[.-][\p{L}\p{N}])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
