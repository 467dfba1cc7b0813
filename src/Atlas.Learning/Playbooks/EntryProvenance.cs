using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Learning.Json.Tolerant;

namespace Atlas.Learning.Playbooks;

/// <summary>Where an entry comes from and where it stands.</summary>
public sealed record EntryProvenance
{
    /// <summary>ISO 8601, UTC: when the entry was first accepted.</summary>
    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CreatedAt { get; init; }

    /// <summary>ISO 8601, UTC: when a synthesis last touched it.</summary>
    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UpdatedAt { get; init; }

    /// <summary>The session it was first learned from.</summary>
    [JsonConverter(typeof(OptionalWhole)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SourceSessionId { get; init; }

    /// <summary>First 16 hex digits of SHA-256 over the teacher's notes of the session that touched it last.</summary>
    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TeacherGuidanceDigest { get; init; }

    /// <summary>The same value under its second name.</summary>
    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SourceTeacherInterventionHash { get; init; }

    [JsonConverter(typeof(OptionalObject<EntryStatus>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EntryStatus? Status { get; init; }

    [JsonConverter(typeof(OptionalObject<EntryRubric>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EntryRubric? Rubric { get; init; }

    [JsonConverter(typeof(TolerantNumbers)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, double>? Weights { get; init; }

    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PruneReason { get; init; }

    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PrunedAt { get; init; }

    /// <summary>Keys that Atlas does not know.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
