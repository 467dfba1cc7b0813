using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json.Tolerant;

namespace Atlas.Domain.Playbooks;

/// <summary>How an entry did at the gates, and its scores.</summary>
[GenerateSerializer, Immutable, Alias("atlas.entry-rubric")]
public sealed record EntryRubric
{
    /// <summary>By name of the gate: whether it was passed.</summary>
    [JsonConverter(typeof(TolerantFlags))]
    [Id(0)]
    public ImmutableSortedDictionary<string, bool> Gates { get; init; } = ImmutableSortedDictionary<string, bool>.Empty;

    /// <summary>By name of the score: 0 to 1, four decimals.</summary>
    [JsonConverter(typeof(TolerantNumbers))]
    [Id(1)]
    public ImmutableSortedDictionary<string, double> Scores { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Sum of score times weight, 0 to 1, not rounded.</summary>
    [JsonConverter(typeof(TolerantReal))]
    [Id(2)]
    public double WeightedTotal { get; init; }

    /// <summary>One <c>gate:reason</c> per gate that was not passed.</summary>
    [JsonConverter(typeof(TolerantTexts))]
    [Id(3)]
    public ImmutableArray<string> FailureReasons { get; init; } = [];

    /// <summary>By name of the score: its share; the shares sum up to one or are all zero.</summary>
    [JsonConverter(typeof(TolerantNumbers))]
    [Id(4)]
    public ImmutableSortedDictionary<string, double> Weights { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Keys that Atlas does not know.</summary>
    [JsonExtensionData]
    [Id(5)]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
