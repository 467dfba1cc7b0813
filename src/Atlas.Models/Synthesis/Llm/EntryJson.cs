using Atlas.Domain;
using Atlas.Learning.Journal;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;

namespace Atlas.Models.Synthesis.Llm;

/// <summary>Entries as a model sees them, and as they are proposed again.</summary>
internal static class EntryJson
{
    // Written when an entry is accepted, not when it is proposed.
    private static readonly string[] Reserved = ["impact", "provenance", "rubric", "generated_at"];

    /// <summary>Returns the entry as a proposal.</summary>
    public static JsonObject Proposed(PlaybookEntry entry)
    {
        var node = JsonSerializer.SerializeToNode(entry, AtlasJson.Options)!.AsObject();
        foreach (var key in Reserved)
        {
            node.Remove(key);
        }

        return node;
    }

    /// <summary>Returns the entry and what was observed of it, without bookkeeping.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="found">What withholding it at random has shown; null if it was not on trial.</param>
    public static JsonObject Shown(PlaybookEntry entry, EntryFinding? found = null)
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
            };

            // It depends on the tasks as much as on the entry, so it only helps if nothing better is known.
            if (found is null)
            {
                node["seen"]!["reward_delta"] = impact.RewardDelta is { } delta ? Math.Round(delta, 3) : null;
            }
        }

        if (found is not null)
        {
            node["trial"] = new JsonObject
            {
                ["stands"] = found.State.ToWire(),
                ["sessions"] = found.Sessions,
                ["effect_on_reward"] = found.Effect.Effect is { } effect ? Math.Round(effect, 3) : null,
                ["between"] = found.Sessions == 0 ? null : new JsonArray(Math.Round(found.Effect.Bounds.Low, 3), Math.Round(found.Effect.Bounds.High, 3)),
            };
        }

        return node;
    }
}
