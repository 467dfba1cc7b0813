using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Models.Providers;

namespace Atlas.Runtime.Agents;

/// <summary>Finds the JSON in a model's reply.</summary>
internal static class ReplyJson
{
    private static readonly JsonDocumentOptions Tolerant = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Returns the JSON value of a text, also from a code fence or from an object with words around it; null if there is none.</summary>
    public static JsonNode? Find(string text)
    {
        var bare = WithoutFences(ThinkingAloud.Without(text).Trim());
        if (Parse(bare) is { } whole)
        {
            return whole;
        }

        var (start, end) = (bare.IndexOf('{', StringComparison.Ordinal), bare.LastIndexOf('}'));
        return (start >= 0 && end > start ? Parse(bare[start..(end + 1)]) : null)
            ?? (JsonInText.Objects(bare) is [.., var last] ? Parse(last.GetRawText()) : null);
    }

    /// <summary>Returns the object if the whole text is one; otherwise, null. Words around an object make it a text.</summary>
    public static JsonObject? WholeObject(string text) => Parse(WithoutFences(text.Trim())) as JsonObject;

    private static string WithoutFences(string text)
    {
        if (!text.StartsWith("```", StringComparison.Ordinal))
        {
            return text;
        }

        var inner = text[3..];
        inner = inner.StartsWith("json", StringComparison.OrdinalIgnoreCase) ? inner[4..] : inner;
        inner = inner.TrimEnd();
        return (inner.EndsWith("```", StringComparison.Ordinal) ? inner[..^3] : inner).Trim();
    }

    private static JsonNode? Parse(string text)
    {
        if (text.Length == 0 || text[0] is not ('{' or '['))
        {
            return null;
        }

        try
        {
            return JsonValues.Parse(text, Tolerant);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
