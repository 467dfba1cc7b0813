using System.Text.Json.Nodes;
using Atlas.Domain.Json;

namespace Atlas.Runtime.Agents.Digest;

/// <summary>Limits the length of values: of every text, and of a section as a whole.</summary>
internal sealed class DigestText(int longestText, int longestSection)
{
    /// <summary>Returns the value with its texts shortened, or as one shortened text if it is still too long.</summary>
    public JsonNode? Section(JsonNode? value)
    {
        var cut = Cut(value);
        return cut?.ToJsonString(AtlasJson.Options) is { } text && text.Length > longestSection ? Shortened(text, longestSection) : cut;
    }

    private JsonNode? Cut(JsonNode? value) => value switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Cut(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Cut)]),
        JsonValue text when text.TryGetValue<string>(out var said) && said.Length > longestText => Shortened(said, longestText),
        _ => value?.DeepClone(),
    };

    private static string Shortened(string text, int length) => string.Concat(text.AsSpan(0, length - 1), "…");
}
