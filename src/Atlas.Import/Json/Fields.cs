using System.Text.Json;
using Atlas.Domain.Json.Tolerant;

namespace Atlas.Import.Json;

/// <summary>Reads the fields of a record by name; other fields are never looked at.</summary>
internal static class Fields
{
    public static JsonElement Required(JsonElement source, string key, string path, params ReadOnlySpan<JsonValueKind> kinds)
    {
        if (source.ValueKind != JsonValueKind.Object || !source.TryGetProperty(key, out var value))
        {
            throw new RecordException($"'{path}' is missing.");
        }

        return kinds.Contains(value.ValueKind)
            ? value
            : throw new RecordException($"'{path}' must be {Describe(kinds[0])}; it is {Describe(value.ValueKind)}.");
    }

    public static JsonElement Optional(JsonElement source, string key) =>
        source.ValueKind == JsonValueKind.Object && source.TryGetProperty(key, out var value) ? value : default;

    public static string? OptionalText(JsonElement source, string key) =>
        Optional(source, key) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static string RequiredText(JsonElement source, string key, string path)
    {
        var text = Required(source, key, path, JsonValueKind.String).GetString()!;
        return string.IsNullOrWhiteSpace(text) ? throw new RecordException($"'{path}' is blank.") : text;
    }

    /// <summary>Reads a reward: a number from 0 to 1.</summary>
    public static double Score(JsonElement source, string key, string? path = null)
    {
        var value = Required(source, key, path ?? key, JsonValueKind.Number);
        var raw = value.GetRawText();
        return value.TryGetDouble(out var score) && score is >= 0 and <= 1
            ? score
            : throw new RecordException($"'{path ?? key}' must be a number from 0 to 1; it is {(raw.Length <= 32 ? raw : raw[..32] + "…")}.");
    }

    /// <summary>Reads a reward, which can also be true or false; null if there is none.</summary>
    public static double? OptionalScore(JsonElement source, string key, string? path = null) => Optional(source, key).ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => Score(source, key, path),
    };

    /// <summary>Reads a label of the source: a whole number or a short text; null if there is none.</summary>
    public static string? Label(JsonElement source, string key)
    {
        var value = Optional(source, key);
        return value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            JsonValueKind.Number when value.TryGetInt64(out var number) => JsonSerializer.Serialize(number),
            JsonValueKind.String when value.GetString()! is { Length: <= 64 } text && !text.Any(char.IsControl) => text,
            _ => throw new RecordException($"'{key}' must be a whole number or a text of at most 64 characters."),
        };
    }

    public static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Null => "null",
        _ => "absent",
    };
}
