using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json.Tolerant;

namespace Atlas.Domain.Playbooks;

/// <summary>The origin and status of an entry.</summary>
[GenerateSerializer, Immutable, Alias("atlas.entry-provenance")]
public sealed record EntryProvenance
{
    /// <summary>Gets when the entry was first accepted, ISO 8601, UTC.</summary>
    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(0)]
    public string? CreatedAt { get; init; }

    /// <summary>Gets when a synthesis last touched it, ISO 8601, UTC.</summary>
    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(1)]
    public string? UpdatedAt { get; init; }

    /// <summary>Gets when its words last changed under the same id, ISO 8601, UTC; null if they never did. The entry's observations start
    /// over at that time.</summary>
    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(2)]
    public string? RewordedAt { get; init; }

    /// <summary>Gets the session it was first learned from.</summary>
    [JsonConverter(typeof(OptionalWhole)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(3)]
    public long? SourceSessionId { get; init; }

    /// <summary>Gets the first 16 hex digits of the SHA-256 over the teacher's notes of the session that last touched it.</summary>
    [JsonConverter(typeof(OptionalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(4)]
    public string? TeacherGuidanceDigest { get; init; }

    /// <summary>Gets the same value under its second name.</summary>
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

    /// <summary>Gets keys that Atlas does not know.</summary>
    [JsonExtensionData]
    [Id(11)]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
