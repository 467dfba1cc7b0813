using System.Text.RegularExpressions;

namespace Atlas.Runtime.Teachers;

/// <summary>Keeps a coach's guidance short.</summary>
internal static partial class GuidanceText
{
    private const int MostSentences = 2;

    /// <summary>Returns the first two sentences. A text that ended with a full stop loses it, and one that did not gains one: the original
    /// Atlas does the same, which keeps stored guidance identical.</summary>
    public static string FirstTwoSentences(string text)
    {
        var trimmed = text.Trim();
        var sentences = End().Split(trimmed).Select(sentence => sentence.Trim()).Where(sentence => sentence.Length > 0);
        var kept = string.Join(". ", sentences.Take(MostSentences));
        return kept.Length > 0 && !trimmed.EndsWith('.') ? kept + "." : kept;
    }

    // The points in 16.00, in a file name and in an address end no sentence.
    [GeneratedRegex(@"\.+(?=\s|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex End();
}
