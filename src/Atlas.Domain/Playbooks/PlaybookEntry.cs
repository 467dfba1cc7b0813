using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json.Tolerant;

namespace Atlas.Domain.Playbooks;

/// <summary>One rule of a playbook, <c>playbook_entry.v1</c>: when a cue shows, do this, and expect that.</summary>
/// <remarks>Immutable by convention: change it with <c>with</c>. Unknown keys of the wire are kept in <see cref="Extra"/>.
/// Reading is tolerant: a value of a wrong type becomes text, null or empty, and no stored row makes it throw.</remarks>
[GenerateSerializer, Immutable, Alias("atlas.playbook-entry")]
public sealed record PlaybookEntry
{
    /// <summary>Stable across syntheses; null in rows that never had one.</summary>
    [JsonConverter(typeof(OptionalText))]
    [Id(0)]
    public string? Id { get; init; }

    /// <summary><c>student</c> or <c>teacher</c>.</summary>
    [JsonConverter(typeof(OptionalText))]
    [Id(1)]
    public string? Audience { get; init; }

    /// <summary>When it applies.</summary>
    [JsonConverter(typeof(CueConverter))]
    [Id(2)]
    public EntryCue Cue { get; init; } = new();

    /// <summary>What to do then.</summary>
    [JsonConverter(typeof(ActionConverter))]
    [Id(3)]
    public EntryAction Action { get; init; } = new();

    /// <summary>What that is good for.</summary>
    [JsonConverter(typeof(TolerantText))]
    [Id(4)]
    public string ExpectedEffect { get; init; } = "";

    /// <summary>How far it reaches.</summary>
    [JsonConverter(typeof(ScopeConverter))]
    [Id(5)]
    public EntryScope Scope { get; init; } = new();

    /// <summary>What else was said of it; among it <c>validation_status</c> and, of a provisional entry, <c>validation_warnings</c>.</summary>
    [JsonConverter(typeof(OptionalObject<Dictionary<string, JsonElement>>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(6)]
    public Dictionary<string, JsonElement>? Metadata { get; init; }

    /// <summary>ISO 8601, UTC: when it was last accepted.</summary>
    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(7)]
    public string? GeneratedAt { get; init; }

    /// <summary>How it did when it was last accepted.</summary>
    [JsonConverter(typeof(OptionalObject<EntryRubric>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(8)]
    public EntryRubric? Rubric { get; init; }

    /// <summary>Where it comes from and where it stands.</summary>
    [JsonConverter(typeof(OptionalObject<EntryProvenance>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(9)]
    public EntryProvenance? Provenance { get; init; }

    /// <summary>Null until a session was counted.</summary>
    [JsonConverter(typeof(OptionalObject<EntryImpact>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(10)]
    public EntryImpact? Impact { get; init; }

    /// <summary>Keys that Atlas does not know.</summary>
    [JsonExtensionData]
    [Id(11)]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
