using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Contracts;

namespace Atlas.Grains.Sessions;

/// <summary>Reads what a caller sends as JSON.</summary>
internal static class CallerMetadata
{
    /// <summary>The object in <paramref name="json"/>; an empty one for null.</summary>
    /// <exception cref="AtlasRefusedException">It is no JSON object.</exception>
    public static JsonObject Read(string? json, string what = "metadata")
    {
        if (json is null)
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(json) as JsonObject
                ?? throw new AtlasRefusedException($"The {what} of a session is a JSON object such as {{\"tags\": [\"billing\"]}}, not {Shorten(json)}.");
        }
        catch (JsonException wrong)
        {
            throw new AtlasRefusedException($"The {what} of a session is not valid JSON: {wrong.Message}");
        }
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 60), "…");
}
