using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Learning.Json.Tolerant;

namespace Atlas.Learning.Playbooks;

/// <summary>One rule of a playbook, <c>playbook_entry.v1</c>: when a cue shows, do this, and expect that.</summary>
/// <remarks>Immutable by convention: change it with <c>with</c>. Unknown keys of the wire are kept in <see cref="Extra"/>.
/// Reading is tolerant: a value of a wrong type becomes text, null or empty, and no stored row makes it throw.</remarks>
public sealed record PlaybookEntry
{
    [JsonConverter(typeof(OptionalText))]
    public string? Id { get; init; }

    /// <summary><c>student</c> or <c>teacher</c>.</summary>
    [JsonConverter(typeof(OptionalText))]
    public string? Audience { get; init; }

    [JsonConverter(typeof(CueConverter))]
    public EntryCue Cue { get; init; } = new();

    [JsonConverter(typeof(ActionConverter))]
    public EntryAction Action { get; init; } = new();

    [JsonConverter(typeof(TolerantText))]
    public string ExpectedEffect { get; init; } = "";

    [JsonConverter(typeof(ScopeConverter))]
    public EntryScope Scope { get; init; } = new();

    [JsonConverter(typeof(OptionalObject<Dictionary<string, JsonElement>>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Dictionary<string, JsonElement>? Metadata { get; init; }

    /// <summary>ISO 8601, UTC.</summary>
    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GeneratedAt { get; init; }

    [JsonConverter(typeof(OptionalObject<EntryRubric>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EntryRubric? Rubric { get; init; }

    [JsonConverter(typeof(OptionalObject<EntryProvenance>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EntryProvenance? Provenance { get; init; }

    /// <summary>Null until a session was counted.</summary>
    [JsonConverter(typeof(OptionalObject<EntryImpact>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EntryImpact? Impact { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    /// <summary>Where the entry stands, one of <see cref="EntryLifecycle"/>; active if nothing is said.</summary>
    [JsonIgnore]
    public string Lifecycle => Provenance?.Status?.Lifecycle is { Length: > 0 } lifecycle ? lifecycle : EntryLifecycle.Active;

    /// <summary>Whose prompts and tools the entry is about: <c>teacher</c> or, by default, <c>student</c>; lower case.</summary>
    [JsonIgnore]
    public string Role => string.IsNullOrWhiteSpace(Audience) ? "student" : Audience.Trim().ToLowerInvariant();
}
