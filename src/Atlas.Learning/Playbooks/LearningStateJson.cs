using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Playbooks;

/// <summary>The learning state as sent over the wire, <c>{student_learning, teacher_learning, metadata}</c>.</summary>
/// <remarks>Reading never throws: JSON that was encoded twice is decoded, members of a wrong type count as missing, and entries that are
/// not objects are dropped.</remarks>
public static class LearningStateJson
{
    internal const string EntriesKey = "playbook_entries";

    /// <summary>Reads the playbook of a learning state; <see cref="LearnedPlaybook.Empty"/> if the value is not an object.</summary>
    public static LearnedPlaybook Read(JsonElement state)
    {
        var value = JsonRead.Unwrap(state);
        return FromColumns(
            JsonRead.Text(value, "student_learning"),
            JsonRead.Text(value, "teacher_learning"),
            JsonRead.TryGet(value, "metadata", out var metadata) ? metadata : default);
    }

    /// <summary>Reads the playbook from the columns of a <c>learning_registry</c> row.</summary>
    /// <param name="studentText">The column <c>student_learning</c>; null counts as empty.</param>
    /// <param name="teacherText">The column <c>teacher_learning</c>.</param>
    /// <param name="metadata">The column <c>metadata</c>; anything but an object counts as empty.</param>
    public static LearnedPlaybook FromColumns(string? studentText, string? teacherText, JsonElement metadata)
    {
        var others = ImmutableSortedDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
        ImmutableArray<PlaybookEntry> entries = [];
        var value = JsonRead.Unwrap(SafeJson.Clean(metadata));
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                if (member.NameEquals(EntriesKey))
                {
                    entries = ReadEntries(member.Value);
                }
                else
                {
                    others[member.Name] = member.Value;
                }
            }
        }

        return new LearnedPlaybook
        {
            StudentPreface = studentText ?? "",
            TeacherPreface = teacherText,
            Entries = entries,
            Metadata = others.ToImmutable(),
        };
    }

    /// <summary>Reads the entries of a JSON array; empty if the value is not an array.</summary>
    public static ImmutableArray<PlaybookEntry> ReadEntries(JsonElement entries)
    {
        var value = JsonRead.Unwrap(entries);
        return value.ValueKind != JsonValueKind.Array
            ? []
            : [.. value.EnumerateArray().Select(JsonRead.Unwrap).Where(item => item.ValueKind == JsonValueKind.Object).Select(ReadEntry)];
    }

    /// <summary>Writes the whole state as a JSON object.</summary>
    public static JsonElement Write(LearnedPlaybook playbook)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        return JsonSerializer.SerializeToElement(
            new JsonObject
            {
                ["student_learning"] = playbook.StudentText,
                ["teacher_learning"] = playbook.TeacherText,
                ["metadata"] = MetadataNode(playbook),
            },
            AtlasJson.Options);
    }

    /// <summary>Writes the column <c>learning_registry.metadata</c>: the entries and everything else that is known about the key.</summary>
    public static JsonElement WriteMetadata(LearnedPlaybook playbook)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        return JsonSerializer.SerializeToElement(MetadataNode(playbook), AtlasJson.Options);
    }

    private static JsonObject MetadataNode(LearnedPlaybook playbook)
    {
        var metadata = new JsonObject();
        foreach (var (name, value) in playbook.Metadata)
        {
            metadata[name] = JsonSerializer.SerializeToNode(value, AtlasJson.Options);
        }

        metadata[EntriesKey] = JsonSerializer.SerializeToNode(playbook.Entries.IsDefault ? [] : playbook.Entries, AtlasJson.Options);
        return metadata;
    }

    private static PlaybookEntry ReadEntry(JsonElement entry) =>
        entry.Deserialize<PlaybookEntry>(AtlasJson.Options) ?? new PlaybookEntry();
}
