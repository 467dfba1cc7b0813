using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Learning.Json;
using Atlas.Learning.Playbooks;
using Atlas.Models.Synthesis.Offline;

namespace Atlas.Models.Synthesis.Llm;

/// <summary>Makes a proposal of a model's answer.</summary>
internal static class Proposal
{
    /// <summary>The answer in the form that is accepted, and a sentence about it.</summary>
    /// <param name="answer">What the model said.</param>
    /// <param name="request">What it was asked about.</param>
    /// <param name="input">What it was shown.</param>
    public static SynthesisAnswer Of(AnswerReader answer, SynthesisRequest request, SynthesisInput input)
    {
        var value = answer.Value;
        var entries = value["playbook_entries"] as JsonArray ?? [];
        foreach (var entry in entries.OfType<JsonObject>())
        {
            Mend(entry);
        }

        var proposed = entries.Count;
        var kept = proposed == 0 ? 0 : Keep(entries, request, input, answer.CutOff);
        value["playbook_entries"] = entries.Parent is null ? entries : entries.DeepClone();
        value["version"] = request.Options.Schema.Version;
        var changes = proposed > 0 || IsText(value["student_pamphlet"]) || IsText(value["teacher_pamphlet"]);
        return new SynthesisAnswer
        {
            Answer = SafeJson.Clean(JsonSerializer.SerializeToElement(value, AtlasJson.Options)),
            NothingToSay = !changes,
            Summary = changes ? Summary(proposed, kept, input, answer) : $"The model saw {input.Sessions} sessions and proposes no change.",
        };
    }

    /// <summary>What models get wrong inside an entry although its JSON is right.</summary>
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

        // A word boundary escaped once is a backspace in JSON, which no text contains.
        if (entry["cue"] is JsonObject cue && cue["pattern"] is JsonValue pattern && pattern.TryGetValue<string>(out var text) && text.Contains('\b'))
        {
            cue["pattern"] = text.Replace("\b", "\\b", StringComparison.Ordinal);
        }
    }

    /// <summary>Adds entries that the model could not speak of: such as found no room in its input, and, where its answer
    /// was cut off, such as it did not get to. Entries that are not proposed again would be given up.</summary>
    private static int Keep(JsonArray entries, SynthesisRequest request, SynthesisInput input, bool cutOff)
    {
        var spoken = entries.OfType<JsonObject>()
            .Select(entry => entry["id"] is JsonValue id && id.TryGetValue<string>(out var text) ? text : null)
            .ToHashSet(StringComparer.Ordinal);
        var handles = new HandlePolicy(request);
        var silent = request.Current.Entries
            .Where(entry => entry.Lifecycle is EntryLifecycle.Active or EntryLifecycle.Provisional)
            .Where(entry => entry.Id is { } id && !spoken.Contains(id) && (cutOff || !input.ShownEntries.Contains(id)))
            .Where(entry => handles.Allows(entry.Action?.RuntimeHandle)) // One that the gates refuse takes the whole proposal with it.
            .ToList();
        foreach (var entry in silent)
        {
            entries.Add(EntryJson.Proposed(entry));
        }

        return silent.Count;
    }

    private static string Summary(int proposed, int kept, SynthesisInput input, AnswerReader answer) => string.Create(
        CultureInfo.InvariantCulture,
        $"The model saw {input.Sessions} sessions and proposes {proposed} entries{(kept > 0 ? $"; {kept} more stand as they are" : "")}{(answer.CutOff ? "; its answer was cut off" : answer.Repaired ? "; its answer had to be repaired" : "")}.");

    private static bool IsText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && !string.IsNullOrWhiteSpace(text);
}
