using System.Globalization;
using System.Text;

namespace Atlas.Learning.Text;

/// <summary>Splits a text into words, so that texts that differ only in form give the same words.</summary>
internal static class FoldedWords
{
    /// <summary>Returns the words in order. Everything between them (spaces, punctuation, line breaks, quotation marks) is
    /// ignored.</summary>
    public static List<FoldedWord> Of(string text)
    {
        var words = new List<FoldedWord>();
        var word = new StringBuilder();
        var (start, end, at) = (0, 0, 0);
        var escaped = false;
        Span<char> signs = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            var (here, length) = (at, rune.Utf16SequenceLength);
            at += length;
            if (IsInvisible(rune))
            {
                continue;
            }

            if (escaped)
            {
                escaped = false;
                continue;
            }

            var folded = Fold(rune);
            if (rune.Value == '\\' && here + 1 < text.Length && text[here + 1] is 'n' or 'r' or 't')
            {
                // An escaped line break, as in JSON within JSON.
                Close();
                escaped = true;
            }
            else if (IsWhole(folded))
            {
                // Scripts without spaces: each character is a word.
                Close();
                words.Add(new FoldedWord(folded.ToString(), here, at));
            }
            else if (Rune.IsLetterOrDigit(folded) || IsInsideNumber(text, here, folded, word))
            {
                if (word.Length == 0)
                {
                    start = here;
                }

                word.Append(signs[..folded.EncodeToUtf16(signs)]);
                end = at;
            }
            else if (!IsApostrophe(folded))
            {
                Close();
            }
        }

        Close();
        return words;

        void Close()
        {
            if (word.Length > 0)
            {
                words.Add(new FoldedWord(Plain(word.ToString()), start, end));
                word.Clear();
            }
        }
    }

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark;

    private static Rune Fold(Rune rune) => rune.Value is >= 0xFF01 and <= 0xFF5E
        ? Rune.ToLowerInvariant(new Rune(rune.Value - 0xFEE0))
        : Rune.ToLowerInvariant(rune);

    private static bool IsWhole(Rune rune) => rune.Value is (>= 0x0E00 and <= 0x0E7F) or (>= 0x3040 and <= 0x30FF)
        or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) && Rune.IsLetterOrDigit(rune);

    private static bool IsApostrophe(Rune rune) => rune.Value is '\'' or '\u2019';

    /// <summary>Whether the sign separates digits of one number: 1,234.50.</summary>
    private static bool IsInsideNumber(string text, int at, Rune sign, StringBuilder word) =>
        sign.Value is '.' or ','
        && word.Length > 0 && char.IsAsciiDigit(word[^1])
        && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]);

    /// <summary>Returns a number in its plain form; any other word without signs that were taken for part of a number.</summary>
    private static string Plain(string word)
    {
        if (!word.AsSpan().ContainsAny('.', ','))
        {
            return word;
        }

        var plain = word.Replace(",", "", StringComparison.Ordinal);
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.############################", CultureInfo.InvariantCulture)
            : plain;
    }
}
