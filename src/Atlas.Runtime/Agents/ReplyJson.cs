using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Models.Providers;

namespace Atlas.Runtime.Agents;

/// <summary>Finds the JSON in what a model says.</summary>
internal static class ReplyJson
{
    private static readonly JsonDocumentOptions Tolerant = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The value of a text that is JSON, also between code fences or with words around an object; null if there is none.</summary>
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

    /// <summary>The object of a text that is one, as a whole; null for anything else. Words around it make it a text.</summary>
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
            var value = JsonNode.Parse(text, documentOptions: Tolerant);

            // A key that stands twice is found out only when the object is read.
            return value?.DeepClone();
        }
        catch (Exception odd) when (odd is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
