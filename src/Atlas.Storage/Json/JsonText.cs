using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Storage.Json;

/// <summary>Checks JSON from models and other tools against the form of a record, and cleans it for <c>jsonb</c>.</summary>
public static class JsonText
{
    private const int MaxDepth = 512;

    /// <summary>Returns the text of one JSON object, cleaned.</summary>
    /// <param name="value">The caller's value.</param>
    /// <param name="what">Its name, as the beginning of a sentence: <c>The plan</c>.</param>
    /// <exception cref="InvalidRecordException">It is not a JSON object; the message names <paramref name="what"/>.</exception>
    public static string Object(JsonElement value, string what) => value.ValueKind is JsonValueKind.Undefined
        ? throw new InvalidRecordException($"{what} is missing; a JSON object was expected.")
        : Object(value, value.GetRawText(), what);

    /// <summary>Does the same for a value that can be missing.</summary>
    public static string? ObjectOrNull(JsonElement? value, string what) =>
        value is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } given ? Object(given, what) : null;

    /// <summary>Returns the text of one JSON object, cleaned.</summary>
    /// <param name="json">The text from a model or a tool.</param>
    /// <param name="what">Its name, as the beginning of a sentence: <c>The plan</c>.</param>
    /// <exception cref="InvalidRecordException">It is not a JSON object; the message names <paramref name="what"/> and the
    /// reason.</exception>
    public static string Object(string json, string what)
    {
        ArgumentNullException.ThrowIfNull(json);
        var clean = StorableText.Json(json);
        Check(clean, what, JsonTokenType.StartObject);
        return clean;
    }

    /// <summary>Does the same for a text that can be missing.</summary>
    public static string? ObjectOrNull(string? json, string what) => json is null ? null : Object(json, what);

    /// <summary>Returns any JSON value, cleaned; null stays null.</summary>
    /// <exception cref="InvalidRecordException">It is not JSON.</exception>
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

    private static string Object(JsonElement value, string raw, string what)
    {
        var clean = StorableText.Json(raw);
        if (!ReferenceEquals(clean, raw))
        {
            Check(clean, what, JsonTokenType.StartObject);
            return clean;
        }

        // Nothing was changed, so the value's own bytes say the same.
        Check(JsonMarshal.GetRawUtf8Value(value), what, JsonTokenType.StartObject);
        return raw;
    }

    private static void Check(string json, string what, JsonTokenType first)
    {
        Check(Encoding.UTF8.GetBytes(json), what, first);
    }

    private static void Check(ReadOnlySpan<byte> json, string what, JsonTokenType first)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
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
                $"{what} is not valid JSON: {wrong.Message}"), wrong);
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
