using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json.Tolerant;

namespace Atlas.Domain.Playbooks;

/// <summary>How far an entry reaches.</summary>
[GenerateSerializer, Immutable, Alias("atlas.entry-scope")]
public sealed record EntryScope
{
    /// <summary><c>reinforcement</c> (keep doing) or <c>differentiation</c> (do otherwise); other words are kept.</summary>
    [JsonConverter(typeof(TolerantText))]
    [Id(0)]
    public string Category { get; init; } = "";

    /// <summary>Where the entry does not hold, in words.</summary>
    [JsonConverter(typeof(TolerantText))]
    [Id(1)]
    public string Constraints { get; init; } = "";

    /// <summary>Where it holds, in words.</summary>
    [JsonConverter(typeof(TolerantText))]
    [Id(2)]
    public string AppliesWhen { get; init; } = "";

    /// <summary>Keys that Atlas does not know.</summary>
    [JsonExtensionData]
    [Id(3)]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
