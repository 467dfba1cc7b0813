using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json.Tolerant;

namespace Atlas.Domain.Playbooks;

/// <summary>What to do when the cue shows.</summary>
[GenerateSerializer, Immutable, Alias("atlas.entry-action")]
public sealed record EntryAction
{
    /// <summary>The instruction.</summary>
    [JsonConverter(typeof(TolerantText))]
    [Id(0)]
    public string Imperative { get; init; } = "";

    /// <summary>The tool whose use counts as adoption of the entry.</summary>
    [JsonConverter(typeof(OptionalText))]
    [Id(1)]
    public string? RuntimeHandle { get; init; }

    /// <summary>The tool under its plain name, if it has another one.</summary>
    [JsonConverter(typeof(OptionalText))]
    [Id(2)]
    public string? ToolName { get; init; }

    /// <summary>Arguments to call the tool with.</summary>
    [JsonConverter(typeof(RequiredObject<Dictionary<string, JsonElement>>))]
    [Id(3)]
    public Dictionary<string, JsonElement> Arguments { get; init; } = [];

    /// <summary>Keys that Atlas does not know.</summary>
    [JsonExtensionData]
    [Id(4)]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
