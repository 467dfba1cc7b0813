using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json.Tolerant;

namespace Atlas.Domain.Playbooks;

/// <summary>Where an entry comes from and where it stands.</summary>
[GenerateSerializer, Immutable, Alias("atlas.entry-provenance")]
public sealed record EntryProvenance
{
    /// <summary>ISO 8601, UTC: when the entry was first accepted.</summary>
    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(0)]
    public string? CreatedAt { get; init; }

    /// <summary>ISO 8601, UTC: when a synthesis last touched it.</summary>
    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(1)]
    public string? UpdatedAt { get; init; }

    /// <summary>ISO 8601, UTC: when its words were last changed under the same id; absent while they are the first ones. What was
    /// seen of an entry begins anew with it.</summary>
    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(2)]
    public string? RewordedAt { get; init; }

    /// <summary>The session it was first learned from.</summary>
    [JsonConverter(typeof(OptionalWhole)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(3)]
    public long? SourceSessionId { get; init; }

    /// <summary>First 16 hex digits of SHA-256 over the teacher's notes of the session that touched it last.</summary>
    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(4)]
    public string? TeacherGuidanceDigest { get; init; }

    /// <summary>The same value under its second name.</summary>
    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(5)]
    public string? SourceTeacherInterventionHash { get; init; }

    [JsonConverter(typeof(OptionalObject<EntryStatus>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(6)]
    public EntryStatus? Status { get; init; }

    [JsonConverter(typeof(OptionalObject<EntryRubric>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(7)]
    public EntryRubric? Rubric { get; init; }

    [JsonConverter(typeof(TolerantNumbers)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(8)]
    public ImmutableSortedDictionary<string, double>? Weights { get; init; }

    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(9)]
    public string? PruneReason { get; init; }

    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(10)]
    public string? PrunedAt { get; init; }

    /// <summary>Keys that Atlas does not know.</summary>
    [JsonExtensionData]
    [Id(11)]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
