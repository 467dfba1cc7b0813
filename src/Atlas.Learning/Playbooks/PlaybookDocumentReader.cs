using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Playbooks;

/// <summary>Reads and checks a playbook document. Unlike stored rows, a document is written on purpose, so errors in it are
/// refused.</summary>
internal static class PlaybookDocumentReader
{
    private static readonly string[] Members = ["format", "student", "teacher", "entries", "metadata"];
    private static readonly string[] Lifecycles = [EntryLifecycle.Active, EntryLifecycle.Provisional, EntryLifecycle.Deprecated];
    private static readonly (string Name, JsonValueKind Kind, bool Required)[] EntryMembers =
    [
        ("id", JsonValueKind.String, false),
        ("audience", JsonValueKind.String, false),
        ("cue", JsonValueKind.Object, true),
        ("action", JsonValueKind.Object, true),
        ("expected_effect", JsonValueKind.String, false),
        ("scope", JsonValueKind.Object, false),
        ("metadata", JsonValueKind.Object, false),
        ("lifecycle", JsonValueKind.String, false),
        ("rubric", JsonValueKind.Object, false),
        ("provenance", JsonValueKind.Object, false),
        ("impact", JsonValueKind.Object, false),
        ("generated_at", JsonValueKind.String, false),
        ("cue.pattern", JsonValueKind.String, true),
        ("cue.type", JsonValueKind.String, false),
        ("cue.description", JsonValueKind.String, false),
        ("action.imperative", JsonValueKind.String, true),
        ("action.runtime_handle", JsonValueKind.String, false),
        ("action.tool_name", JsonValueKind.String, false),
        ("action.arguments", JsonValueKind.Object, false),
        ("scope.category", JsonValueKind.String, false),
        ("scope.constraints", JsonValueKind.String, false),
        ("scope.applies_when", JsonValueKind.String, false),
    ];

    public static JsonElement Parse(string json)
    {
        JsonElement document;
        try
        {
            document = SafeJson.Clean(JsonElement.Parse(json));
        }
        catch (JsonException exception)
        {
            throw new PlaybookFormatException(
                $"The playbook is not valid JSON: line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}. "
                + "Expected the format that `atlas playbook export` writes.",
                exception);
        }

        Require(document.ValueKind == JsonValueKind.Object, "$", $"is {Name(document.ValueKind)}", "a JSON object");
        foreach (var member in document.EnumerateObject())
        {
            Require(Members.Contains(member.Name, StringComparer.Ordinal), member.Name, "is unknown", "one of " + string.Join(", ", Members));
        }

        var format = JsonRead.Text(document, "format");
        Require(
            format is PlaybookDocument.Format or PlaybookDocument.FormatAsWritten,
            "format",
            format is null ? "is missing" : $"is '{format}'",
            $"'{PlaybookDocument.Format}' or '{PlaybookDocument.FormatAsWritten}'");
        return document;
    }

    public static string? Form(JsonElement document) =>
        JsonRead.Text(document, "format") == PlaybookDocument.Format ? PlaybookForm.Entries : PlaybookForm.AsWritten;

    public static string? Text(JsonElement document, string name)
    {
        if (!JsonRead.TryGet(document, name, out var lines) || lines.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        Require(lines.ValueKind == JsonValueKind.Array, name, $"is {Name(lines.ValueKind)}", "a list with one text per line, or null");
        var index = 0;
        foreach (var line in lines.EnumerateArray())
        {
            Require(line.ValueKind == JsonValueKind.String, $"{name}[{index}]", $"is {Name(line.ValueKind)}", "a text");
            index++;
        }

        return string.Join('\n', lines.EnumerateArray().Select(SafeJson.Text));
    }

    public static ImmutableArray<PlaybookEntry> Entries(JsonElement document)
    {
        if (!JsonRead.TryGet(document, "entries", out var list))
        {
            return [];
        }

        Require(list.ValueKind == JsonValueKind.Array, "entries", $"is {Name(list.ValueKind)}", "a list");
        var result = ImmutableArray.CreateBuilder<PlaybookEntry>();
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in list.EnumerateArray())
        {
            var place = $"entries[{result.Count}]";
            var entry = Entry(item, place);
            Require(ids.TryAdd(entry.Id!, place), place + ".id", $"is '{entry.Id}', the id of {ids.GetValueOrDefault(entry.Id!)}", "a unique id");
            result.Add(entry);
        }

        return result.ToImmutable();
    }

    public static ImmutableSortedDictionary<string, JsonElement> Metadata(JsonElement document)
    {
        if (!JsonRead.TryGet(document, "metadata", out var metadata) || metadata.ValueKind == JsonValueKind.Null)
        {
            return LearnedPlaybook.Empty.Metadata;
        }

        Require(metadata.ValueKind == JsonValueKind.Object, "metadata", $"is {Name(metadata.ValueKind)}", "an object");
        Require(!JsonRead.TryGet(metadata, LearningStateJson.EntriesKey, out _), "metadata.playbook_entries", "is out of place", "the member 'entries' of the document");
        return metadata.EnumerateObject().ToImmutableSortedDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
    }

    private static PlaybookEntry Entry(JsonElement item, string place)
    {
        Require(item.ValueKind == JsonValueKind.Object, place, $"is {Name(item.ValueKind)}", "an object");
        foreach (var (name, kind, required) in EntryMembers)
        {
            Check(item, place, name, kind, required);
        }

        var entry = item.Deserialize<PlaybookEntry>(AtlasJson.Options)!;
        var audience = entry.Role;
        Require(audience is "student" or "teacher", place + ".audience", $"is '{entry.Audience}'", "'student' or 'teacher'");
        Require(!PythonText.IsBlank(entry.Action.Imperative), place + ".action.imperative", "is blank", "an instruction for the agent");
        var lifecycle = JsonRead.Text(item, "lifecycle") ?? entry.Lifecycle;
        Require(Lifecycles.Contains(lifecycle, StringComparer.Ordinal), place + ".lifecycle", $"is '{lifecycle}'", string.Join(", ", Lifecycles));
        entry = entry with
        {
            Audience = audience,
            Extra = Without(entry.Extra, "lifecycle"),
            Provenance = (entry.Provenance ?? new EntryProvenance()) with
            {
                Status = (entry.Provenance?.Status ?? new EntryStatus { Category = entry.Scope.Category }) with { Lifecycle = lifecycle },
            },
        };
        return entry with { Id = EntryIds.Of(entry) };
    }

    private static void Check(JsonElement item, string place, string path, JsonValueKind kind, bool required)
    {
        var value = item;
        foreach (var name in path.Split('.'))
        {
            if (!JsonRead.TryGet(value, name, out value))
            {
                Require(!required, $"{place}.{path}", "is missing", Name(kind));
                return;
            }
        }

        var isNull = value.ValueKind == JsonValueKind.Null;
        Require(value.ValueKind == kind || (isNull && !required), $"{place}.{path}", $"is {Name(value.ValueKind)}", Name(kind));
    }

    private static Dictionary<string, JsonElement>? Without(Dictionary<string, JsonElement>? members, string name)
    {
        var others = (members ?? []).Where(member => member.Key != name).ToDictionary(StringComparer.Ordinal);
        return others.Count > 0 ? others : null;
    }

    private static void Require(bool condition, string place, string found, string expected)
    {
        if (!condition)
        {
            throw new PlaybookFormatException($"The playbook is not valid: '{place}' {found}; expected {expected}.");
        }
    }

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        _ => "null",
    };
}
