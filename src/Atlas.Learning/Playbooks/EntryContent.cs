using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Playbooks;

/// <summary>The defining fields of an entry, as JSON: what it says and where it stands.</summary>
internal static class EntryContent
{
    /// <summary>Fields that tell of origin or observation and define nothing.</summary>
    private static readonly string[] Observed = ["generated_at", "rubric", "provenance", "impact"];

    /// <summary>All fields of the entry but the observed ones, and its lifecycle.</summary>
    public static JsonObject Of(PlaybookEntry entry)
    {
        var content = JsonSerializer.SerializeToNode(entry, AtlasJson.Options)!.AsObject();
        foreach (var name in Observed)
        {
            content.Remove(name);
        }

        // Whether an entry carries an empty object of metadata or none says nothing.
        if (content["metadata"] is JsonObject { Count: 0 })
        {
            content.Remove("metadata");
        }

        content["lifecycle"] = entry.Lifecycle;
        return content;
    }
}
