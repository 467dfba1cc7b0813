using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;

namespace Atlas.Models.Synthesis.Llm;

/// <summary>Converts a model's answer into a proposal.</summary>
internal static class Proposal
{
    private static readonly string[] Lists = ["add_entries", "revise_entries", "playbook_entries"];

    /// <summary>Returns the answer in the accepted form, with a sentence about it.</summary>
    /// <param name="answer">The model's answer.</param>
    /// <param name="request">The request.</param>
    /// <param name="input">What the model was shown.</param>
    public static SynthesisAnswer Of(AnswerReader answer, SynthesisRequest request, SynthesisInput input)
    {
        var value = answer.Value;
        foreach (var entry in Lists.SelectMany(list => Items(value, list)).OfType<JsonObject>())
        {
            Mend(entry);
        }

        var (proposed, retired) = (Lists.Sum(list => Items(value, list).Count), Items(value, "retire_entries").Count);
        value["version"] ??= request.Options.Schema.Version;
        var changes = proposed > 0 || retired > 0 || IsText(value["student_pamphlet"]) || IsText(value["teacher_pamphlet"])
            || (value["metadata"] as JsonObject)?["dropped_entries"] is JsonArray { Count: > 0 };
        return new SynthesisAnswer
        {
            Answer = SafeJson.Clean(JsonSerializer.SerializeToElement(value, AtlasJson.Options)),
            NothingToSay = !changes,
            Summary = changes ? Summary(proposed, retired, input, answer) : $"The model saw {input.Sessions} sessions and proposed no change.",
        };
    }

    private static JsonArray Items(JsonObject value, string list) => value[list] as JsonArray ?? [];

    /// <summary>Fixes what models get wrong inside an entry even if its JSON is valid.</summary>
    private static void Mend(JsonObject entry)
    {
        if (entry["action"] is JsonObject action && action["arguments"] is JsonArray pairs)
        {
            var arguments = new JsonObject();
            foreach (var pair in pairs.OfType<JsonObject>())
            {
                if (pair["name"] is JsonValue name && name.TryGetValue<string>(out var key) && key.Length > 0)
                {
                    arguments[key] = pair["value"]?.DeepClone();
                }
            }

            action["arguments"] = arguments;
        }

        // A word boundary that is escaped only once is a backspace in JSON, which no text contains.
        if (entry["cue"] is JsonObject cue && cue["pattern"] is JsonValue pattern && pattern.TryGetValue<string>(out var text) && text.Contains('\b'))
        {
            cue["pattern"] = text.Replace("\b", "\\b", StringComparison.Ordinal);
        }
    }

    private static string Summary(int proposed, int retired, SynthesisInput input, AnswerReader answer) => string.Create(
        CultureInfo.InvariantCulture,
        $"The model saw {input.Sessions} sessions and proposed {Entries(proposed)}{(retired > 0 ? $" and to retire {retired}" : "")}{(answer.CutOff ? "; its answer was cut off" : answer.Repaired ? "; its answer had to be repaired" : "")}.");

    private static string Entries(int count) => count == 1 ? "1 entry" : string.Create(CultureInfo.InvariantCulture, $"{count} entries");

    private static bool IsText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && !string.IsNullOrWhiteSpace(text);
}
