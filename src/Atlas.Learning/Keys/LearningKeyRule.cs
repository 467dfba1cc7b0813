using System.Globalization;
using System.Text;
using Atlas.Learning.Text;

namespace Atlas.Learning.Keys;

/// <summary>What may be a learning key: any text of 1 to 512 code points that is not blank and has no control characters. Keys are told
/// apart exactly: <c>7</c> and <c>007</c>, <c>cafe</c> and <c>CAFE</c>, or two spellings of one letter in Unicode are different keys.</summary>
public static class LearningKeyRule
{
    /// <summary>Most code points of a key.</summary>
    public const int MaxLength = 512;

    /// <summary>Why a text is no learning key, a sentence that says what would be one; null if it is one.</summary>
    public static string? ProblemOf(string? key)
    {
        if (string.IsNullOrWhiteSpace(key) || PythonText.IsBlank(key))
        {
            return Sentence("this one is blank");
        }

        var (length, control) = (0, (Rune?)null);
        for (var at = 0; at < key.Length; length++)
        {
            if (!Rune.TryGetRuneAt(key, at, out var letter))
            {
                return Sentence("this one has half of a character, a lone surrogate");
            }

            control ??= Rune.GetUnicodeCategory(letter) is UnicodeCategory.Control ? letter : null;
            at += letter.Utf16SequenceLength;
        }

        return control is { } found ? Sentence(string.Create(CultureInfo.InvariantCulture, $"this one has the control character U+{found.Value:X4}"))
            : length > MaxLength ? Sentence(string.Create(CultureInfo.InvariantCulture, $"this one has {length}"))
            : null;
    }

    private static string Sentence(string what) => string.Create(
        CultureInfo.InvariantCulture,
        $"A learning key is a text of 1 to {MaxLength} characters that is not blank and has no control characters, for example support/refunds; {what}.");
}
