using System.Globalization;
using System.Text;
using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Storage.Json;

/// <summary>Holds JSON that models and foreign tools wrote to the form of a record, cleaned for <c>jsonb</c>.</summary>
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
        var clean = StorableText.Json(json);
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

        var clean = StorableText.Json(json);
        Check(clean, what, JsonTokenType.None);
        return clean;
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
