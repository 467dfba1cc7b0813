using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Models.Providers;

namespace Atlas.Models.Synthesis.Llm;

/// <summary>Reads a model's answer as a JSON object, whatever surrounds it and however it is broken.</summary>
/// <param name="Value">The object.</param>
/// <param name="Repaired">False if the whole answer was valid JSON of the expected form.</param>
/// <param name="CutOff">Whether its end is missing.</param>
internal sealed record AnswerReader(JsonObject Value, bool Repaired, bool CutOff)
{
    private const int MostStarts = 200;

    private static readonly string[] KnownKeys =
        ["add_entries", "revise_entries", "retire_entries", "playbook_entries", "student_pamphlet", "teacher_pamphlet", "session_student_learning", "session_teacher_learning"];

    /// <summary>Finds the answer in a text; returns null if there is none.</summary>
    public static AnswerReader? Read(string text)
    {
        if (Strict(text) is { } whole)
        {
            return new(whole, Repaired: false, CutOff: false);
        }

        if (Encoded(text) is { } inner)
        {
            return Read(inner) is { } found ? found with { Repaired = true } : null;
        }

        text = ThinkingAloud.Without(text);
        AnswerReader? best = null;
        var bestKeys = 0;
        var reader = new LenientJson(text);
        var starts = 0;
        for (var at = NextStart(text, 0); at >= 0 && starts < MostStarts; starts++)
        {
            var value = AsAnswer(reader.Read(at));
            var keys = value is null ? 0 : Known(value);
            if (keys > 0 && keys >= bestKeys)
            {
                // The later of two, because models think first and answer then.
                (best, bestKeys) = (new(value!, Repaired: true, reader.CutOff), keys);
            }

            at = NextStart(text, keys > 0 ? Math.Max(reader.End, at + 1) : at + 1);
        }

        return best;
    }

    private static JsonObject? Strict(string text)
    {
        try
        {
            var value = SafeJson.Clean(JsonElement.Parse(text.Trim().TrimStart('\uFEFF')));
            var node = value.ValueKind == JsonValueKind.Object ? JsonObject.Create(value) : null;
            return node is not null && Known(node) > 0 ? node : null;
        }
        catch (JsonException)
        {
            return null; // Then it is read leniently.
        }
    }

    /// <summary>Decodes a text that is a JSON string as a whole; returns null if it is not.</summary>
    private static string? Encoded(string text)
    {
        try
        {
            return text.TrimStart().StartsWith('"') && JsonElement.Parse(text.Trim()) is { ValueKind: JsonValueKind.String } value ? SafeJson.Text(value) : null;
        }
        catch (JsonException)
        {
            return null; // Then it is not encoded text, but text that begins with a quote.
        }
    }

    /// <summary>Returns an object as it is, a list of entries as the object that should have been around it, or the object inside a string.</summary>
    private static JsonObject? AsAnswer(JsonNode? node) => node switch
    {
        JsonObject found when Known(found) > 0 => found,
        JsonObject found => found.Select(member => member.Value).OfType<JsonValue>().Select(Inside).FirstOrDefault(inside => inside is not null),
        JsonArray list when list.Count > 0 && list.All(IsEntry) => new JsonObject { ["playbook_entries"] = list },
        _ => null,
    };

    private static JsonObject? Inside(JsonValue value) =>
        value.TryGetValue<string>(out var text) && text.TrimStart().StartsWith('{') ? Strict(text) : null;

    private static bool IsEntry(JsonNode? item) => item is JsonObject entry && entry.ContainsKey("cue") && entry.ContainsKey("action");

    private static int Known(JsonObject value) => KnownKeys.Count(value.ContainsKey);

    private static int NextStart(string text, int from) => from >= text.Length ? -1 : text.AsSpan(from).IndexOfAny('{', '[') is >= 0 and var found ? from + found : -1;
}
