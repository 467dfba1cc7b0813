using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;

namespace Atlas.Grains.Synthesis;

/// <summary>The record of a synthesizer's call, small enough for the journal.</summary>
internal static class SynthesisAudit
{
    /// <summary>Characters of one text; of a longer one the middle is left out.</summary>
    private const int LongestText = 20_000;

    /// <summary>The record, fit to be stored; null if no model was called.</summary>
    public static JsonElement? Of(JsonObject? audit) =>
        audit is null ? null : SafeJson.Clean(JsonSerializer.SerializeToElement(Clip(audit)));

    private static JsonNode? Clip(JsonNode? node) => node switch
    {
        JsonObject record => new JsonObject(record.Select(member => KeyValuePair.Create(member.Key, Clip(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Clip)]),
        JsonValue value when value.TryGetValue<string>(out var text) && text.Length > LongestText => Middle(text),
        _ => node?.DeepClone(),
    };

    // Half a surrogate pair at a cut is mended by SafeJson.
    private static string Middle(string text) => string.Concat(
        text.AsSpan(0, LongestText / 2),
        FormattableString.Invariant($" [… {text.Length - LongestText} characters left out …] "),
        text.AsSpan(text.Length - (LongestText / 2)));
}
