using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json.Tolerant;

namespace Atlas.Domain.Playbooks;

/// <summary>When an entry applies.</summary>
[GenerateSerializer, Immutable, Alias("atlas.entry-cue")]
public sealed record EntryCue
{
    /// <summary>Gets the type: <c>regex</c>, <c>keyword</c> or <c>predicate</c>.</summary>
    [JsonConverter(typeof(TolerantText))]
    [Id(0)]
    public string Type { get; init; } = "keyword";

    /// <summary>Gets the pattern to look for; see <see cref="Usage.CueMatcher"/>.</summary>
    [JsonConverter(typeof(TolerantText))]
    [Id(1)]
    public string Pattern { get; init; } = "";

    /// <summary>Gets the cue in words.</summary>
    [JsonConverter(typeof(TolerantText))]
    [Id(2)]
    public string Description { get; init; } = "";

    /// <summary>Gets keys that Atlas does not know.</summary>
    [JsonExtensionData]
    [Id(3)]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
