using System.Text;

namespace Atlas.Domain.Json;

/// <summary>Makes text that models and foreign tools wrote fit for PostgreSQL: no U+0000, no lone surrogates, no numbers that are none.</summary>
public static class StorableText
{
    /// <summary>Plain text that a <c>text</c> column takes: without U+0000 and lone surrogates.</summary>
    public static string? Plain(string? text)
    {
        if (text is null || !NeedsPlainCleaning(text))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            i += AppendCharacter(clean, text, i);
        }

        return clean.ToString();
    }

    /// <summary>The text with what <c>jsonb</c> refuses taken out. Text that is no JSON comes back in some form or other.</summary>
    public static string Json(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return MayNeedCleaning(json) ? new JsonTextCleaner(json).Run() : json;
    }

    /// <summary>Appends the character at <paramref name="i"/> in a form that UTF-8 and PostgreSQL can hold; returns how many
    /// characters after it belong to it.</summary>
    internal static int AppendCharacter(StringBuilder to, string text, int i)
    {
        var c = text[i];
        if (c == '\0')
        {
            return 0;
        }

        if (!char.IsSurrogate(c))
        {
            to.Append(c);
            return 0;
        }

        if (i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]))
        {
            to.Append(c).Append(text[i + 1]);
            return 1;
        }

        to.Append('\uFFFD');
        return 0;
    }

    private static bool NeedsPlainCleaning(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0 || text.Contains('\0');

    private static bool MayNeedCleaning(string json) =>
        NeedsPlainCleaning(json)
        || json.Contains("\\u0000", StringComparison.Ordinal)
        || json.Contains("\\ud", StringComparison.OrdinalIgnoreCase)
        || json.Contains("NaN", StringComparison.Ordinal)
        || json.Contains("Infinity", StringComparison.Ordinal)
        || HasLargeExponent(json);

    private static bool HasLargeExponent(string json)
    {
        // Only an exponent of three digits or more can leave the range of a double.
        for (var i = 1; i + 3 < json.Length; i++)
        {
            if (json[i] is 'e' or 'E' && (char.IsAsciiDigit(json[i - 1]) || json[i - 1] == '.')
                && (char.IsAsciiDigit(json[i + 1]) || json[i + 1] is '+' or '-') && char.IsAsciiDigit(json[i + 2])
                && char.IsAsciiDigit(json[i + 3]))
            {
                return true;
            }
        }

        return false;
    }
}
