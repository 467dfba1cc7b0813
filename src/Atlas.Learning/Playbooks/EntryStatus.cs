using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Learning.Json.Tolerant;

namespace Atlas.Learning.Playbooks;

/// <summary>Category and lifecycle of an entry.</summary>
public sealed record EntryStatus
{
    [JsonConverter(typeof(TolerantText))]
    public string Category { get; init; } = "";

    /// <summary>One of <see cref="EntryLifecycle"/>.</summary>
    [JsonConverter(typeof(TolerantText))]
    public string Lifecycle { get; init; } = EntryLifecycle.Active;

    /// <summary>Keys that Atlas does not know.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
