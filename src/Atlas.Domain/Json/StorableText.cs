using System.Buffers;
using System.Text;

namespace Atlas.Domain.Json;

/// <summary>Makes text from models and other tools safe for PostgreSQL: no U+0000, no lone surrogates, no invalid numbers.</summary>
public static class StorableText
{
    /// <summary>What may have to be taken out of JSON; one search for all, because every stored event passes here.</summary>
    private static readonly SearchValues<string> Suspicious = SearchValues.Create(["\\u0000", "\\ud", "\\uD", "NaN", "Infinity"], StringComparison.Ordinal);

    /// <summary>Returns text that a <c>text</c> column accepts, without U+0000 and lone surrogates.</summary>
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

    /// <summary>Removes what <c>jsonb</c> refuses. The result for text that is not JSON is unspecified.</summary>
    public static string Json(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return MayNeedCleaning(json) ? new JsonTextCleaner(json).Run() : json;
    }

    /// <summary>Appends the character at <paramref name="i"/> in a form that UTF-8 and PostgreSQL accept; returns how many of the following
    /// characters belong to it.</summary>
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
        || json.AsSpan().ContainsAny(Suspicious)
        || HasLargeExponent(json);

    private static bool HasLargeExponent(string json)
    {
        // Only an exponent of three or more digits can exceed the range of a double. A number of JSON ends with a separator; many ids have an
        // 'e' between digits, too, and every event has such an id.
        for (var i = 1; i + 3 < json.Length; i++)
        {
            if (json[i] is 'e' or 'E' && (char.IsAsciiDigit(json[i - 1]) || json[i - 1] == '.')
                && (char.IsAsciiDigit(json[i + 1]) || json[i + 1] is '+' or '-') && char.IsAsciiDigit(json[i + 2])
                && char.IsAsciiDigit(json[i + 3]) && EndsNumber(json.AsSpan(i + 4)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsNumber(ReadOnlySpan<char> rest)
    {
        var more = rest.IndexOfAnyExceptInRange('0', '9');
        return more < 0 || rest[more] is ',' or '}' or ']' || char.IsWhiteSpace(rest[more]);
    }
}
