using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json.Tolerant;

namespace Atlas.Domain.Playbooks;

/// <summary>What to do when the cue fires.</summary>
[GenerateSerializer, Immutable, Alias("atlas.entry-action")]
public sealed record EntryAction
{
    /// <summary>Gets the instruction.</summary>
    [JsonConverter(typeof(TolerantText))]
    [Id(0)]
    public string Imperative { get; init; } = "";

    /// <summary>Gets the tool whose use counts as adoption of the entry.</summary>
    [JsonConverter(typeof(OptionalText))]
    [Id(1)]
    public string? RuntimeHandle { get; init; }

    /// <summary>Gets the plain name of the tool, if it has another one.</summary>
    [JsonConverter(typeof(OptionalText))]
    [Id(2)]
    public string? ToolName { get; init; }

    /// <summary>Gets the arguments to call the tool with.</summary>
    [JsonConverter(typeof(RequiredObject<Dictionary<string, JsonElement>>))]
    [Id(3)]
    public Dictionary<string, JsonElement> Arguments { get; init; } = [];

    /// <summary>Gets keys that Atlas does not know.</summary>
    [JsonExtensionData]
    [Id(4)]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
