using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;

namespace Atlas.Grains.Synthesis;

/// <summary>The record of a synthesizer's call, small enough for the journal.</summary>
internal static class SynthesisAudit
{
    /// <summary>The largest number of characters of one text; the middle of a longer one is left out.</summary>
    private const int LongestText = 20_000;

    /// <summary>Returns the record in storable form; null if no model was called.</summary>
    public static JsonElement? Of(JsonObject? audit) =>
        audit is null ? null : SafeJson.Clean(JsonSerializer.SerializeToElement(Clip(audit)));

    private static JsonNode? Clip(JsonNode? node) => node switch
    {
        JsonObject record => new JsonObject(record.Select(member => KeyValuePair.Create(member.Key, Clip(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Clip)]),
        JsonValue value when value.TryGetValue<string>(out var text) && text.Length > LongestText => Middle(text),
        _ => node?.DeepClone(),
    };

    // SafeJson repairs a surrogate pair that was cut in half.
    private static string Middle(string text) => string.Concat(
        text.AsSpan(0, LongestText / 2),
        FormattableString.Invariant($" [… {text.Length - LongestText} characters left out …] "),
        text.AsSpan(text.Length - (LongestText / 2)));
}
