using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Playbooks;

/// <summary>A playbook as a file for people to review: indented, in a stable order, one line per line of text.</summary>
/// <remarks>
/// <code>
/// {
///   "format": "atlas.playbook.v2",
///   "student": [ "one string per line" ],
///   "teacher": null,
///   "entries": [ { "id": "…", "audience": "student", "cue": { … }, "action": { … }, "lifecycle": "active" } ]
/// }
/// </code>
/// </remarks>
public static class PlaybookDocument
{
    /// <summary>The value of the member <c>format</c>: <c>student</c> and <c>teacher</c> are prefaces, and the entries are rendered after
    /// them.</summary>
    public const string Format = "atlas.playbook.v2";

    /// <summary>The older format, also used for a playbook whose texts are kept as written: <c>student</c> and <c>teacher</c> are the whole
    /// texts.</summary>
    public const string FormatAsWritten = "atlas.playbook.v1";

    /// <summary>Writes a playbook.</summary>
    /// <param name="playbook">The playbook.</param>
    /// <param name="withObservations">Whether to include what changes with every session: impact, rubric, provenance, times and the key's
    /// metadata. Without them, two playbooks with the same content give the same text.</param>
    /// <returns>JSON that ends in a line feed.</returns>
    public static string Export(LearnedPlaybook playbook, bool withObservations = false)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        var document = new JsonObject
        {
            ["format"] = playbook.IsRendered ? Format : FormatAsWritten,
            ["student"] = Lines(playbook.StudentPreface),
            ["teacher"] = playbook.TeacherPreface is null ? null : Lines(playbook.TeacherPreface),
            ["entries"] = new JsonArray([.. (playbook.Entries.IsDefault ? [] : playbook.Entries).Select(entry => Entry(entry, withObservations))]),
        };
        if (withObservations)
        {
            document["metadata"] = Sorted(JsonSerializer.SerializeToNode(playbook.Metadata, AtlasJson.Options));
        }

        return document.ToJsonString(AtlasJson.Indented).ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>Reads a document written by <see cref="Export"/>, or by a person in the same form.</summary>
    /// <exception cref="PlaybookFormatException">The text is not such a document; the message names the place.</exception>
    public static LearnedPlaybook Import(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var document = PlaybookDocumentReader.Parse(json);
        return new LearnedPlaybook
        {
            Form = PlaybookDocumentReader.Form(document),
            StudentPreface = PlaybookDocumentReader.Text(document, "student") ?? "",
            TeacherPreface = PlaybookDocumentReader.Text(document, "teacher"),
            Entries = PlaybookDocumentReader.Entries(document),
            Metadata = PlaybookDocumentReader.Metadata(document),
        };
    }

    private static JsonArray Lines(string text) =>
        new([.. (text.Length == 0 ? [] : text.Split('\n')).Select(line => (JsonNode?)JsonValue.Create(line))]);

    private static JsonNode Entry(PlaybookEntry entry, bool withObservations)
    {
        var content = EntryContent.Of(entry);
        if (content["metadata"] is JsonObject metadata)
        {
            content["metadata"] = Sorted(metadata);
        }

        if (withObservations)
        {
            var all = JsonSerializer.SerializeToNode(entry, AtlasJson.Options)!.AsObject();
            foreach (var name in new[] { "generated_at", "rubric", "provenance", "impact" })
            {
                if (all[name] is { } observed)
                {
                    content[name] = observed.DeepClone();
                }
            }
        }

        return content;
    }

    /// <summary>Returns a copy with the members of all objects in ordinal order, for objects whose order has no meaning.</summary>
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
