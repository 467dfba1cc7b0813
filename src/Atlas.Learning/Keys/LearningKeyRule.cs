using System.Globalization;
using System.Text;
using Atlas.Learning.Text;

namespace Atlas.Learning.Keys;

/// <summary>The rule for learning keys: any text of 1 to 512 code points that is not blank and has no control characters, except <c>.</c> and
/// <c>..</c>, which no address can name: clients and servers resolve such segments before they send or route a request, also if they are
/// percent-encoded. Keys are compared exactly: <c>7</c> and <c>007</c>, <c>cafe</c> and <c>CAFE</c>, or two Unicode spellings of one letter
/// are different keys.</summary>
public static class LearningKeyRule
{
    /// <summary>The largest number of code points of a key.</summary>
    public const int MaxLength = 512;

    /// <summary>Returns why a text is not a valid learning key, in a sentence that says what would be; null if it is valid.</summary>
    public static string? ProblemOf(string? key)
    {
        if (string.IsNullOrWhiteSpace(key) || PythonText.IsBlank(key))
        {
            return Sentence("this one is blank");
        }

        if (key is "." or "..")
        {
            return Sentence($"'{key}' cannot be part of an address");
        }

        var (length, control) = (0, (Rune?)null);
        for (var at = 0; at < key.Length; length++)
        {
            if (!Rune.TryGetRuneAt(key, at, out var letter))
            {
                return Sentence("this one contains a lone surrogate");
            }

            control ??= Rune.GetUnicodeCategory(letter) is UnicodeCategory.Control ? letter : null;
            at += letter.Utf16SequenceLength;
        }

        return control is { } found ? Sentence(string.Create(CultureInfo.InvariantCulture, $"this one contains the control character U+{found.Value:X4}"))
            : length > MaxLength ? Sentence(string.Create(CultureInfo.InvariantCulture, $"this one has {length}"))
            : null;
    }

    private static string Sentence(string what) => string.Create(
        CultureInfo.InvariantCulture,
        $"A learning key must be a text of 1 to {MaxLength} characters that is not blank and contains no control characters, for example support/refunds; {what}.");
}
