using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json.Tolerant;

namespace Atlas.Domain.Playbooks;

/// <summary>One rule of a playbook, <c>playbook_entry.v1</c>: cue, action and expected effect.</summary>
/// <remarks>Immutable by convention: change it with <c>with</c>. Unknown keys are kept in <see cref="Extra"/>. Reading is tolerant: a value
/// of the wrong type becomes text, null or empty, and no stored row makes it throw.</remarks>
[GenerateSerializer, Immutable, Alias("atlas.playbook-entry")]
public sealed record PlaybookEntry
{
    /// <summary>Gets the id, stable across syntheses; null in rows that never had one.</summary>
    [JsonConverter(typeof(OptionalText))]
    [Id(0)]
    public string? Id { get; init; }

    /// <summary>Gets the role: <c>student</c> or <c>teacher</c>.</summary>
    [JsonConverter(typeof(OptionalText))]
    [Id(1)]
    public string? Audience { get; init; }

    /// <summary>Gets when it applies.</summary>
    [JsonConverter(typeof(CueConverter))]
    [Id(2)]
    public EntryCue Cue { get; init; } = new();

    /// <summary>Gets what to do then.</summary>
    [JsonConverter(typeof(ActionConverter))]
    [Id(3)]
    public EntryAction Action { get; init; } = new();

    /// <summary>Gets the expected effect.</summary>
    [JsonConverter(typeof(TolerantText))]
    [Id(4)]
    public string ExpectedEffect { get; init; } = "";

    /// <summary>Gets where it applies.</summary>
    [JsonConverter(typeof(ScopeConverter))]
    [Id(5)]
    public EntryScope Scope { get; init; } = new();

    /// <summary>Gets further metadata, including <c>validation_status</c> and, for a provisional entry, <c>validation_warnings</c>.</summary>
    [JsonConverter(typeof(OptionalObject<Dictionary<string, JsonElement>>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(6)]
    public Dictionary<string, JsonElement>? Metadata { get; init; }

    /// <summary>Gets when it was last accepted, ISO 8601, UTC.</summary>
    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(7)]
    public string? GeneratedAt { get; init; }

    /// <summary>Gets its rubric from when it was last accepted.</summary>
    [JsonConverter(typeof(OptionalObject<EntryRubric>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(8)]
    public EntryRubric? Rubric { get; init; }

    /// <summary>Gets its origin and status.</summary>
    [JsonConverter(typeof(OptionalObject<EntryProvenance>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(9)]
    public EntryProvenance? Provenance { get; init; }

    /// <summary>Gets its impact; null until a session was counted.</summary>
    [JsonConverter(typeof(OptionalObject<EntryImpact>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(10)]
    public EntryImpact? Impact { get; init; }

    /// <summary>Gets keys that Atlas does not know.</summary>
    [JsonExtensionData]
    [Id(11)]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
