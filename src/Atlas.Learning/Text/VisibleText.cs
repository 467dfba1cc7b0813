using System.Buffers;
using System.Globalization;
using System.Text;

namespace Atlas.Learning.Text;

/// <summary>Makes visible what a terminal or a reader would obey instead of show: control characters, escape sequences, marks that
/// turn the direction of writing, and characters that nobody sees.</summary>
/// <remarks>Each stands as <c>\u001b</c>, as it would in JSON, so that a JSON document stays the same document. Line feeds and tabs stay; so
/// do the joiners that emoji and some scripts are written with.</remarks>
public static class VisibleText
{
    private const int NotAlone = 0xd800;

    private static readonly SearchValues<char> Suspicious = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(IsHidden).Concat(Enumerable.Range(NotAlone, 0x800).Select(code => (char)code))]);

    /// <summary>The text with everything visible; the same text where nothing was hidden.</summary>
    /// <param name="text">Any text, also with halves of surrogate pairs.</param>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.AsSpan().IndexOfAny(Suspicious);
        return at < 0 ? text : Rewritten(text, at);
    }

    /// <summary>The text as one visible line: line breaks and tabs are written out too.</summary>
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
        // Invisible times and the like, the joiners excepted; marks of direction; what passes for a line break.
        '\u00ad' or '\u061c' or '\u180e' or '\u200b' or '\u200e' or '\u200f' or '\u2028' or '\u2029' or '\ufeff' => true,
        (>= '\u202a' and <= '\u202e') or (>= '\u2060' and <= '\u206f') or (>= '\ufff9' and <= '\ufffb') => true,
        _ => char.IsControl(unit),
    };

    // Letters of the tags' plane spell out text that models read and people do not see.
    private static bool IsTag(Rune rune) => rune.Value is >= 0xe0000 and <= 0xe0fff;
}
