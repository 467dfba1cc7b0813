using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;

namespace Atlas.Models.Judges.Ensemble;

/// <summary>Shortens texts, with a note where something is missing.</summary>
internal static class Clipped
{
    /// <summary>Keeps the beginning and the end of a text that is too long.</summary>
    public static string Middle(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return text;
        }

        var head = Whole(text, limit * 2 / 3);
        var tail = Whole(text, text.Length - (limit - head));
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, head)} [… {tail - head} characters left out …] {text.AsSpan(tail)}");
    }

    /// <summary>Keeps the end of a text that is too long.</summary>
    public static string Tail(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return text;
        }

        var start = Whole(text, text.Length - limit);
        return string.Create(CultureInfo.InvariantCulture, $"[… {start} characters left out …] {text.AsSpan(start)}");
    }

    /// <summary>Returns a value unchanged, or as shortened text if it is too long; null if there is none.</summary>
    public static JsonNode? Json(JsonElement value, int limit)
    {
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return null;
        }

        var node = JsonSerializer.SerializeToNode(SafeJson.Clean(value), AtlasJson.Options)!;
        var text = node.ToJsonString(AtlasJson.Options);
        return text.Length <= limit ? node : Middle(text, limit);
    }

    /// <summary>Returns the index, or the next one if it would split a surrogate pair.</summary>
    private static int Whole(string text, int index) =>
        index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]) ? index + 1 : index;
}
