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

    /// <summary>Where the entry does not hold, in words.</summary>
    [JsonConverter(typeof(TolerantText))]
    public string Constraints { get; init; } = "";

    /// <summary>Where it holds, in words.</summary>
    [JsonConverter(typeof(TolerantText))]
    public string AppliesWhen { get; init; } = "";

    /// <summary>Keys that Atlas does not know.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
