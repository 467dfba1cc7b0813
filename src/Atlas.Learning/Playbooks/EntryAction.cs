using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Learning.Json.Tolerant;

namespace Atlas.Learning.Playbooks;

/// <summary>What to do when the cue shows.</summary>
public sealed record EntryAction
{
    /// <summary>The instruction.</summary>
    [JsonConverter(typeof(TolerantText))]
    public string Imperative { get; init; } = "";

    /// <summary>The tool whose use counts as adoption of the entry.</summary>
    [JsonConverter(typeof(OptionalText))]
    public string? RuntimeHandle { get; init; }

    /// <summary>The tool under its plain name, if it has another one.</summary>
    [JsonConverter(typeof(OptionalText))]
    public string? ToolName { get; init; }

    /// <summary>Arguments to call the tool with.</summary>
    [JsonConverter(typeof(RequiredObject<Dictionary<string, JsonElement>>))]
    public Dictionary<string, JsonElement> Arguments { get; init; } = [];

    /// <summary>Keys that Atlas does not know.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
