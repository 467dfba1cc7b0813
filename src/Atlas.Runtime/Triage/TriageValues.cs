using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;

namespace Atlas.Runtime.Triage;

/// <summary>Reads what callers write into metadata, in the forms in which they write it. Never throws.</summary>
public static class TriageValues
{
    /// <summary>Returns a text that is not blank, trimmed; numbers and booleans as their text.</summary>
    public static string? Text(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>().Trim() is { Length: > 0 } text ? text : null,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
        _ => null,
    };

    /// <summary>Returns the first text among the values of some keys.</summary>
    public static string? FirstText(JsonObject source, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (Text(source[key]) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>Returns a list of texts, or a single text: trimmed, without duplicates.</summary>
    public static ImmutableArray<string> Texts(JsonNode? value) =>
        [.. Items(value).Select(Text).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Returns the items of a list; anything else except null is a list of one.</summary>
    public static IEnumerable<JsonNode?> Items(JsonNode? value) => value switch
    {
        null => [],
        JsonArray list => list,
        _ => new JsonNode?[] { value },
    };

    /// <summary>Returns a finite number, also if it is written as text.</summary>
    public static double? Number(JsonNode? value)
    {
        var number = value?.GetValueKind() switch
        {
            JsonValueKind.Number => JsonSerializer.Deserialize<double>(value, AtlasJson.Options),
            JsonValueKind.String when double.TryParse(
                value.GetValue<string>(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var read) => read,
            _ => double.NaN,
        };
        return double.IsFinite(number) ? number : null;
    }

    /// <summary>Returns a number clamped to a range.</summary>
    public static double? Number(JsonNode? value, double least, double most) => Number(value) is { } number ? Math.Clamp(number, least, most) : null;
}
