using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Atlas.Storage.Json;

/// <summary>Makes JSON text that models and foreign tools wrote fit for <c>jsonb</c>: no U+0000, no lone surrogates, no
/// numbers that are none.</summary>
public static class JsonText
{
    private const int MaxDepth = 512;

    /// <summary>The text of one JSON object, cleaned.</summary>
    /// <param name="value">The caller's own.</param>
    /// <param name="what">What it is, as the beginning of a sentence: <c>The plan</c>.</param>
    /// <exception cref="InvalidRecordException">It is no JSON object; the message says what <paramref name="what"/> is.</exception>
    public static string Object(JsonElement value, string what) => value.ValueKind is JsonValueKind.Undefined
        ? throw new InvalidRecordException($"{what} is missing; a JSON object was expected.")
        : Object(value.GetRawText(), what);

    /// <summary>The same for a value that may be missing.</summary>
    public static string? ObjectOrNull(JsonElement? value, string what) =>
        value is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } given ? Object(given, what) : null;

    /// <summary>The text of one JSON object, cleaned.</summary>
    /// <param name="json">As a model or a tool wrote it.</param>
    /// <param name="what">What it is, as the beginning of a sentence: <c>The plan</c>.</param>
    /// <exception cref="InvalidRecordException">It is no JSON object; the message says what <paramref name="what"/> is and why.</exception>
    public static string Object(string json, string what)
    {
        ArgumentNullException.ThrowIfNull(json);
        var clean = Clean(json);
        Check(clean, what, JsonTokenType.StartObject);
        return clean;
    }

    /// <summary>The same for a text that may be missing.</summary>
    public static string? ObjectOrNull(string? json, string what) => json is null ? null : Object(json, what);

    /// <summary>Any JSON value, cleaned; null stays null.</summary>
    /// <exception cref="InvalidRecordException">It is no JSON.</exception>
    public static string? ValueOrNull(string? json, string what)
    {
        if (json is null)
        {
            return null;
        }

        var clean = Clean(json);
        Check(clean, what, JsonTokenType.None);
        return clean;
    }

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
    public static string Clean(string json)
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

    private static void Check(string json, string what, JsonTokenType first)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (!reader.Read())
            {
                throw new InvalidRecordException($"{what} is empty; a JSON object was expected.");
            }

            if (first != JsonTokenType.None && reader.TokenType != first)
            {
                throw new InvalidRecordException($"{what} is a JSON {Name(reader.TokenType)}; a JSON object was expected.");
            }

            while (reader.Read())
            {
            }
        }
        catch (JsonException wrong)
        {
            throw new InvalidRecordException(string.Create(CultureInfo.InvariantCulture,
                $"{what} is no valid JSON: {wrong.Message}"), wrong);
        }
    }

    private static string Name(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "array",
        JsonTokenType.String => "string",
        JsonTokenType.Number => "number",
        JsonTokenType.True or JsonTokenType.False => "boolean",
        _ => "null",
    };
}
