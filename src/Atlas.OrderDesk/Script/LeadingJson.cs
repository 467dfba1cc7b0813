using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atlas.OrderDesk.Script;

/// <summary>Reads the JSON object at the beginning of a message; text can follow it.</summary>
internal static class LeadingJson
{
    /// <summary>Returns the object; null if the text does not begin with one.</summary>
    public static JsonObject? In(string text)
    {
        var begin = text.IndexOf('{', StringComparison.Ordinal);
        if (begin < 0)
        {
            return null;
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text[begin..]));
        try
        {
            return JsonDocument.TryParseValue(ref reader, out var document) ? JsonObject.Create(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
