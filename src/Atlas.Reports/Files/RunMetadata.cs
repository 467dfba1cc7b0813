using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Atlas.Reports.Files;

/// <summary>The caller's notes about a run of reports; nothing here changes a figure.</summary>
public sealed record RunMetadata
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PromptVariant { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? SynthesisModels { get; init; }

    /// <summary><c>on</c>, <c>off</c> or <c>toggle</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PamphletInjection { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PlaybookEntryLabelOverrides { get; init; }

    /// <summary>ISO 8601, UTC.</summary>
    public required string EvaluatedAt { get; init; }
}
