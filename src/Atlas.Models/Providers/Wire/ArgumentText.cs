using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Models.Providers.Wire;

/// <summary>The arguments of a tool call, as the text that protocols use for them.</summary>
internal static class ArgumentText
{
    private const string None = "{}";

    /// <summary>Returns the text of a JSON object if one can be read from what a model wrote: nothing, <c>null</c>, an object, an object
    /// encoded again as a string, or one in a code fence. Anything else is returned unchanged.</summary>
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
                // A lone surrogate could be neither read nor sent back.
                JsonValueKind.Object => StorableText.Json(text),
                JsonValueKind.String when value.Read() is var inner && (string.IsNullOrWhiteSpace(inner) || IsObject(inner)) => Whole(inner),
                _ => written,
            };
        }
        catch (JsonException)
        {
            return written;
        }
    }

    /// <summary>Determines whether the whole text is a JSON object.</summary>
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
