using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Playbooks;

/// <summary>The defining fields of an entry, as JSON: its content and its lifecycle.</summary>
internal static class EntryContent
{
    /// <summary>Fields about origin or observation, which define nothing.</summary>
    private static readonly string[] Observed = ["generated_at", "rubric", "provenance", "impact"];

    /// <summary>Returns all fields of the entry except the observed ones, with its lifecycle.</summary>
    public static JsonObject Of(PlaybookEntry entry)
    {
        var content = JsonSerializer.SerializeToNode(entry, AtlasJson.Options)!.AsObject();
        foreach (var name in Observed)
        {
            content.Remove(name);
        }

        // An empty object of metadata means the same as none.
        if (content["metadata"] is JsonObject { Count: 0 })
        {
            content.Remove("metadata");
        }

        content["lifecycle"] = entry.Lifecycle;
        return content;
    }
}
