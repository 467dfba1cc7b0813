using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Synthesis;

/// <summary>Converts whatever a model put into its list of entries to an entry.</summary>
internal static class CandidateNormaliser
{
    private const int MaxIdLength = 200;
    private static readonly string[] EntryKeys =
    [
        "id", "audience", "cue", "action", "expected_effect", "why", "scope", "metadata", "sequence", "lifecycle",
        "impact", "provenance", "rubric", "generated_at",

        // Kept with the key's trials, not with the entry.
        "sessions",
    ];

    /// <summary>Returns the entry. Its id is derived if the model gave none, and its audience is that of a known entry with the same
    /// id.</summary>
    /// <param name="item">A cleaned JSON value of any kind.</param>
    /// <param name="schema">The kinds of cue and the default category.</param>
    /// <param name="known">The existing entries, by id.</param>
    /// <remarks>Members that only Atlas sets (impact, provenance, rubric, time) are dropped.</remarks>
    public static PlaybookEntry Normalise(JsonElement item, EntrySchemaOptions schema, IReadOnlyDictionary<string, PlaybookEntry> known)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            item = JsonSerializer.SerializeToElement(new { action = new { imperative = PythonRepr.Str(item) } }, AtlasJson.Options);
        }

        var mapping = JsonRead.TryGet(item, "runtime_mapping", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
        var entry = new PlaybookEntry
        {
            Id = Id(item),
            Audience = Audience(item),
            Cue = Cue(Member(item, "cue"), schema),
            Action = Action(Member(item, "action"), mapping),
            ExpectedEffect = Stripped(item, JsonRead.TryGet(item, "expected_effect", out _) ? ["expected_effect"] : ["why"]),
            Scope = Scope(Member(item, "scope"), schema),
            Metadata = Metadata(item, mapping),
            Extra = Others(item, EntryKeys),
        };
        entry = entry with { Id = entry.Id ?? EntryIds.Derive(entry) };
        return known.TryGetValue(entry.Id, out var existing) && !PythonText.IsBlank(existing.Audience)
            ? entry with { Audience = existing.Audience }
            : entry;
    }

    private static string? Id(JsonElement item) =>
        JsonRead.TryGet(item, "id", out var id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number
        && PythonText.Strip(PythonRepr.Str(id)) is { Length: > 0 and <= MaxIdLength } text
            ? text
            : null;

    private static string Audience(JsonElement item) =>
        JsonRead.Text(item, "audience") is { } audience && PythonText.Strip(audience).Equals("teacher", StringComparison.OrdinalIgnoreCase)
            ? "teacher"
            : "student";

    private static EntryCue Cue(JsonElement cue, EntrySchemaOptions schema)
    {
        if (cue.ValueKind == JsonValueKind.String)
        {
            return new EntryCue { Pattern = PythonText.Strip(SafeJson.Text(cue)) };
        }

        var type = Raw(cue, ["type"]).ToLowerInvariant();
        return new EntryCue
        {
            Type = (schema.CueTypes.IsDefault ? [] : schema.CueTypes).Contains(type, StringComparer.Ordinal) ? type : "keyword",
            Pattern = Stripped(cue, ["pattern", "regex"]),
            Description = Stripped(cue, ["description", "text"]),
            Extra = Others(cue, ["type", "pattern", "description"]),
        };
    }

    private static EntryAction Action(JsonElement action, JsonElement mapping)
    {
        if (action.ValueKind == JsonValueKind.String)
        {
            return new EntryAction
            {
                Imperative = PythonText.Strip(SafeJson.Text(action)),
                RuntimeHandle = NullIfEmpty(Stripped(mapping, ["runtime_handle", "handle"])),
            };
        }

        return new EntryAction
        {
            Imperative = Stripped(action, ["imperative"]),
            RuntimeHandle = NullIfEmpty(Stripped(action, ["runtime_handle", "handle", "tool"]))
                ?? NullIfEmpty(Stripped(mapping, ["runtime_handle", "handle"])),
            ToolName = NullIfEmpty(Stripped(action, ["tool_name", "tool"])),
            Arguments = Truthy(action, ["arguments", "params", "parameters"]) is { ValueKind: JsonValueKind.Object } arguments
                ? Others(arguments, []) ?? []
                : [],
            Extra = Others(action, ["imperative", "runtime_handle", "tool_name", "arguments"]),
        };
    }

    private static EntryScope Scope(JsonElement scope, EntrySchemaOptions schema)
    {
        var category = Stripped(scope, ["category", "kind"]).ToLowerInvariant();
        return new EntryScope
        {
            Category = category.Length > 0 ? category : PythonText.Strip(schema.DefaultScopeCategory).ToLowerInvariant(),
            Constraints = scope.ValueKind == JsonValueKind.String ? PythonText.Strip(SafeJson.Text(scope)) : Stripped(scope, ["constraints"]),
            AppliesWhen = Stripped(scope, ["applies_when", "applies_to"]),
            Extra = Others(scope, ["category", "constraints", "applies_when"]),
        };
    }

    private static Dictionary<string, JsonElement> Metadata(JsonElement item, JsonElement mapping)
    {
        var metadata = Others(Member(item, "metadata"), []) ?? [];
        if (mapping.ValueKind == JsonValueKind.Object)
        {
            metadata.TryAdd("runtime_mapping", mapping);
        }

        return metadata;
    }

    private static JsonElement Member(JsonElement value, string name) => JsonRead.TryGet(value, name, out var member) ? member : default;

    /// <summary>Returns the first member with one of these names that is true in Python.</summary>
    private static JsonElement Truthy(JsonElement value, ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (JsonRead.TryGet(value, name, out var member) && PythonRepr.IsTruthy(member))
            {
                return member;
            }
        }

        return default;
    }

    private static string Raw(JsonElement value, ReadOnlySpan<string> names) =>
        Truthy(value, names) is { ValueKind: not JsonValueKind.Undefined } found ? PythonRepr.Str(found) : "";

    private static string Stripped(JsonElement value, ReadOnlySpan<string> names) => PythonText.Strip(Raw(value, names));

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;

    /// <summary>Returns the members of an object with other names; null if there are none.</summary>
    private static Dictionary<string, JsonElement>? Others(JsonElement value, string[] names)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var others = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!names.Contains(member.Name, StringComparer.Ordinal))
            {
                others[member.Name] = member.Value;
            }
        }

        return others.Count > 0 ? others : null;
    }
}
