using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Learning.Json.Tolerant;

namespace Atlas.Learning.Playbooks;

/// <summary>How far an entry reaches.</summary>
public sealed record EntryScope
{
    /// <summary><c>reinforcement</c> (keep doing) or <c>differentiation</c> (do otherwise); other words are kept.</summary>
    [JsonConverter(typeof(TolerantText))]
    public string Category { get; init; } = "";

    [JsonConverter(typeof(TolerantText))]
    public string Constraints { get; init; } = "";

    [JsonConverter(typeof(TolerantText))]
    public string AppliesWhen { get; init; } = "";

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
