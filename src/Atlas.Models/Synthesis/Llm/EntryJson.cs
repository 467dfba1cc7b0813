using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Learning.Json;
using Atlas.Learning.Playbooks;

namespace Atlas.Models.Synthesis.Llm;

/// <summary>Entries as a model is shown them, and as they are proposed again.</summary>
internal static class EntryJson
{
    // Written by whoever accepts an entry, not by who proposes it.
    private static readonly string[] Reserved = ["impact", "provenance", "rubric", "generated_at"];

    /// <summary>The entry as a proposal.</summary>
    public static JsonObject Proposed(PlaybookEntry entry)
    {
        var node = JsonSerializer.SerializeToNode(entry, AtlasJson.Options)!.AsObject();
        foreach (var key in Reserved)
        {
            node.Remove(key);
        }

        return node;
    }

    /// <summary>The entry and what was seen of it, without bookkeeping.</summary>
    public static JsonObject Shown(PlaybookEntry entry)
    {
        var node = Proposed(entry);
        node.Remove("metadata");
        node["lifecycle"] = entry.Lifecycle;
        if (entry.Impact is { } impact)
        {
            node["seen"] = new JsonObject
            {
                ["sessions"] = impact.SessionsObserved,
                ["hit_rate"] = Math.Round(impact.HitRate, 3),
                ["adoption_rate"] = Math.Round(impact.AdoptionRate, 3),
                ["reward_delta"] = impact.RewardDelta is { } delta ? Math.Round(delta, 3) : null,
            };
        }

        return node;
    }
}
