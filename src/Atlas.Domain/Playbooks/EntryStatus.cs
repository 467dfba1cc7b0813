using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json.Tolerant;

namespace Atlas.Domain.Playbooks;

/// <summary>Category and lifecycle of an entry.</summary>
[GenerateSerializer, Immutable, Alias("atlas.entry-status")]
public sealed record EntryStatus
{
    [JsonConverter(typeof(TolerantText))]
    [Id(0)]
    public string Category { get; init; } = "";

    /// <summary>Gets the state, one of <see cref="EntryLifecycle"/>.</summary>
    [JsonConverter(typeof(TolerantText))]
    [Id(1)]
    public string Lifecycle { get; init; } = EntryLifecycle.Active;

    /// <summary>Gets keys that Atlas does not know.</summary>
    [JsonExtensionData]
    [Id(2)]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
