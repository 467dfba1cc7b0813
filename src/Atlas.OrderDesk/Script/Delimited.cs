using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atlas.OrderDesk.Script;

/// <summary>Reads JSON in prompts between <c>&lt;tag&gt;</c> and <c>&lt;/tag&gt;</c>.</summary>
internal static class Delimited
{
    /// <summary>Returns the object between the tags; null if there is none.</summary>
    public static JsonObject? ObjectIn(string text, string tag)
    {
        var begin = text.IndexOf($"<{tag}>", StringComparison.Ordinal);
        var end = text.IndexOf($"</{tag}>", StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text[(begin + tag.Length + 2)..end]) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
