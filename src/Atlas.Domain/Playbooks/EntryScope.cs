using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json.Tolerant;

namespace Atlas.Domain.Playbooks;

/// <summary>Where an entry applies.</summary>
[GenerateSerializer, Immutable, Alias("atlas.entry-scope")]
public sealed record EntryScope
{
    /// <summary>Gets the category: <c>reinforcement</c> (keep doing) or <c>differentiation</c> (do otherwise). Other values are kept.</summary>
    [JsonConverter(typeof(TolerantText))]
    [Id(0)]
    public string Category { get; init; } = "";

    /// <summary>Gets where the entry does not apply, in words.</summary>
    [JsonConverter(typeof(TolerantText))]
    [Id(1)]
    public string Constraints { get; init; } = "";

    /// <summary>Gets where the entry applies, in words.</summary>
    [JsonConverter(typeof(TolerantText))]
    [Id(2)]
    public string AppliesWhen { get; init; } = "";

    /// <summary>Gets keys that Atlas does not know.</summary>
    [JsonExtensionData]
    [Id(3)]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
