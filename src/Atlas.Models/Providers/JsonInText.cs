using System.Text;
using System.Text.Json;

namespace Atlas.Models.Providers;

/// <summary>Finds complete JSON objects in a text.</summary>
public static class JsonInText
{
    private const int MostStarts = 200;

    /// <summary>Returns the top-level objects in a text, in order, without objects nested in them.</summary>
    public static IReadOnlyList<JsonElement> Objects(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = Encoding.UTF8.GetBytes(text);
        var found = new List<JsonElement>();
        var at = 0;
        for (var starts = 0; starts < MostStarts && bytes.AsSpan(at).IndexOf((byte)'{') is >= 0 and var next; starts++)
        {
            at += next;
            var reader = new Utf8JsonReader(bytes.AsSpan(at), new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            try
            {
                if (JsonElement.TryParseValue(ref reader, out var value))
                {
                    found.Add(value.Value);
                    at += (int)reader.BytesConsumed;
                    continue;
                }
            }
            catch (JsonException)
            {
                // This brace belongs to the text.
            }

            at++;
        }

        return found;
    }
}
