using System.Text.RegularExpressions;

namespace Atlas.Learning.Digest;

/// <summary>Finds the plain words of a text: written in lower case throughout and standing alone.</summary>
/// <remarks>Names are capitalised, codes and identifiers are joined with digits, underscores, dots or hyphens: none of them
/// is a plain word. The price is that a word is missed where it begins a sentence.</remarks>
internal static partial class PlainWords
{
    private const int ShortestWord = 3;
    private const int LongestWord = 24;

    // A text longer than this has said its words; it bounds the time an odd event can take.
    private const int LongestText = 32_768;

    public static IEnumerable<string> In(string text)
    {
        var bounded = text.Length > LongestText ? text[..LongestText] : text;
        foreach (Match match in Word().Matches(bounded))
        {
            if (match.Length is >= ShortestWord and <= LongestWord)
            {
                yield return match.Value;
            }
        }
    }

    [GeneratedRegex(@"(?<![\p{L}\p{M}\p{N}_@#./\\'’-])[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{M}]*(?![\p{L}\p{M}\p{N}_@/\\'’]|[.-][\p{L}\p{N}])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
