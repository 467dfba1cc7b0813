using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Learning.Json.Tolerant;

namespace Atlas.Learning.Playbooks;

/// <summary>When an entry applies.</summary>
public sealed record EntryCue
{
    /// <summary><c>regex</c>, <c>keyword</c> or <c>predicate</c>.</summary>
    [JsonConverter(typeof(TolerantText))]
    public string Type { get; init; } = "keyword";

    /// <summary>What is looked for, see <see cref="Usage.CueMatcher"/>.</summary>
    [JsonConverter(typeof(TolerantText))]
    public string Pattern { get; init; } = "";

    /// <summary>The cue in words.</summary>
    [JsonConverter(typeof(TolerantText))]
    public string Description { get; init; } = "";

    /// <summary>Keys that Atlas does not know.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
