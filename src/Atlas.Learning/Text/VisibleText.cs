using System.Buffers;
using System.Globalization;
using System.Text;

namespace Atlas.Learning.Text;

/// <summary>Makes characters visible that a terminal or a reader would interpret instead of show: control characters, escape sequences,
/// marks that change the writing direction, and invisible characters.</summary>
/// <remarks>Each is written as <c>\u001b</c>, as in JSON, so a JSON document keeps its meaning. Line feeds and tabs stay, and so do the
/// joiners that emoji and some scripts need.</remarks>
public static class VisibleText
{
    private const int NotAlone = 0xd800;

    private static readonly SearchValues<char> Suspicious = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(IsHidden).Concat(Enumerable.Range(NotAlone, 0x800).Select(code => (char)code))]);

    /// <summary>Returns the text with everything visible; the same text if nothing was hidden.</summary>
    /// <param name="text">Any text, including unpaired surrogates.</param>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.AsSpan().IndexOfAny(Suspicious);
        return at < 0 ? text : Rewritten(text, at);
    }

    /// <summary>Returns the text as one visible line: line breaks and tabs are escaped too.</summary>
    /// <inheritdoc cref="Of"/>
    public static string OneLine(string text) =>
        Of(text).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Rewritten(string text, int at)
    {
        var result = new StringBuilder(text.Length + 16).Append(text, 0, at);
        while (at < text.Length)
        {
            if (Rune.TryGetRuneAt(text, at, out var rune))
            {
                if (text[at] is '\r' && at + 1 < text.Length && text[at + 1] is '\n')
                {
                    at++;
                    continue;
                }

                if (rune.IsBmp ? IsHidden(text[at]) : IsTag(rune))
                {
                    Escape(result, text.AsSpan(at, rune.Utf16SequenceLength));
                }
                else
                {
                    result.Append(text, at, rune.Utf16SequenceLength);
                }

                at += rune.Utf16SequenceLength;
            }
            else
            {
                Escape(result, text.AsSpan(at, 1));
                at++;
            }
        }

        return result.ToString();
    }

    private static void Escape(StringBuilder result, ReadOnlySpan<char> hidden)
    {
        foreach (var unit in hidden)
        {
            result.Append("\\u").Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture));
        }
    }

    private static bool IsHidden(char unit) => unit switch
    {
        '\n' or '\t' => false,
        // Invisible operators and the like, except joiners; direction marks; characters that act as line breaks.
        '\u00ad' or '\u061c' or '\u180e' or '\u200b' or '\u200e' or '\u200f' or '\u2028' or '\u2029' or '\ufeff' => true,
        (>= '\u202a' and <= '\u202e') or (>= '\u2060' and <= '\u206f') or (>= '\ufff9' and <= '\ufffb') => true,
        _ => char.IsControl(unit),
    };

    // Characters of the tags block spell out text that models read and people do not see.
    private static bool IsTag(Rune rune) => rune.Value is >= 0xe0000 and <= 0xe0fff;
}
