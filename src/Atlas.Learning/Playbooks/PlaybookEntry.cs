using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atlas.Learning.Playbooks;

/// <summary>One rule of a playbook, <c>playbook_entry.v1</c>: when a cue shows, do this, and expect that.</summary>
/// <remarks>Immutable by convention: change it with <c>with</c>. Unknown keys of the wire are kept in <see cref="Extra"/>.</remarks>
public sealed record PlaybookEntry
{
    public string? Id { get; init; }

    /// <summary><c>student</c> or <c>teacher</c>.</summary>
    public string? Audience { get; init; }

    public EntryCue Cue { get; init; } = new();

    public EntryAction Action { get; init; } = new();

    public string ExpectedEffect { get; init; } = "";

    public EntryScope Scope { get; init; } = new();

    public Dictionary<string, JsonElement>? Metadata { get; init; }

    /// <summary>ISO 8601, UTC.</summary>
    public string? GeneratedAt { get; init; }

    public EntryRubric? Rubric { get; init; }

    public EntryProvenance? Provenance { get; init; }

    public EntryImpact? Impact { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
