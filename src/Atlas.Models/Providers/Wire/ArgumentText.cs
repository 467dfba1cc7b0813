using System.Text.Json;

namespace Atlas.Models.Providers.Wire;

/// <summary>The arguments of a call of a tool, as the text that protocols have for them.</summary>
internal static class ArgumentText
{
    private const string None = "{}";

    /// <summary>The text of an object where one can be read out of what a model wrote: nothing, <c>null</c>, an object, an object
    /// encoded once more as a text, or between code fences. Anything else stays as it is.</summary>
    public static string Whole(string written)
    {
        var text = written.Trim();
        if (text.Length == 0 || text == "null")
        {
            return None;
        }

        if (text.StartsWith("```", StringComparison.Ordinal) && text.EndsWith("```", StringComparison.Ordinal) && text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var line && line < text.Length - 3)
        {
            text = text[line..^3].Trim();
        }

        try
        {
            var value = JsonElement.Parse(text);
            return value.ValueKind switch
            {
                JsonValueKind.Object => text,
                JsonValueKind.String when value.Read() is var inner && (string.IsNullOrWhiteSpace(inner) || IsObject(inner)) => Whole(inner),
                _ => written,
            };
        }
        catch (JsonException)
        {
            return written;
        }
    }

    /// <summary>Whether a text is a JSON object as a whole.</summary>
    public static bool IsObject(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("{"))
        {
            return false;
        }

        try
        {
            return JsonElement.Parse(text).ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
