using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Learning.Json.Tolerant;

namespace Atlas.Learning.Playbooks;

/// <summary>What to do when the cue shows.</summary>
public sealed record EntryAction
{
    [JsonConverter(typeof(TolerantText))]
    public string Imperative { get; init; } = "";

    /// <summary>The tool whose use counts as adoption of the entry.</summary>
    [JsonConverter(typeof(OptionalText))]
    public string? RuntimeHandle { get; init; }

    [JsonConverter(typeof(OptionalText))]
    public string? ToolName { get; init; }

    [JsonConverter(typeof(RequiredObject<Dictionary<string, JsonElement>>))]
    public Dictionary<string, JsonElement> Arguments { get; init; } = [];

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
