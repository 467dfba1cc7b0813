using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Playbooks;

/// <summary>Compares the contents of two playbooks.</summary>
public static class PlaybookDiff
{
    /// <summary>Returns the changes that turn the first playbook into the second.</summary>
    public static PlaybookDifference Between(LearnedPlaybook before, LearnedPlaybook after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var old = ById(before);
        var now = ById(after);
        return new PlaybookDifference(
            LineDiff.Between(before.StudentText, after.StudentText),
            LineDiff.Between(before.TeacherText, after.TeacherText),
            [.. now.Where(entry => !old.ContainsKey(entry.Key)).Select(entry => entry.Value)],
            [.. old.Where(entry => !now.ContainsKey(entry.Key)).Select(entry => entry.Value)],
            [.. from entry in old
                where now.ContainsKey(entry.Key)
                let fields = Fields(entry.Value, now[entry.Key])
                where fields.Length > 0
                select new EntryDifference(entry.Key, fields)]);
    }

    private static OrderedDictionary<string, PlaybookEntry> ById(LearnedPlaybook playbook)
    {
        var entries = new OrderedDictionary<string, PlaybookEntry>(StringComparer.Ordinal);
        foreach (var entry in playbook.Entries.IsDefault ? [] : playbook.Entries)
        {
            entries[EntryIds.Of(entry)] = entry;
        }

        return entries;
    }

    private static ImmutableArray<FieldChange> Fields(PlaybookEntry before, PlaybookEntry after)
    {
        var old = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var now = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Flatten(EntryContent.Of(before), "", old);
        Flatten(EntryContent.Of(after), "", now);
        return
        [
            .. from field in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
               let was = old.GetValueOrDefault(field)
               let becomes = now.GetValueOrDefault(field)
               where was != becomes
               select new FieldChange(field, was, becomes),
        ];
    }

    private static void Flatten(JsonNode? node, string path, SortedDictionary<string, string> fields)
    {
        if (node is not JsonObject { Count: > 0 } members)
        {
            fields[path] = node?.ToJsonString(AtlasJson.Options) ?? "null";
            return;
        }

        foreach (var (name, member) in members)
        {
            Flatten(member, path.Length == 0 ? name : $"{path}.{name}", fields);
        }
    }
}
