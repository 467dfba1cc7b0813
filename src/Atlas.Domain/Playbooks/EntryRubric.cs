using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json.Tolerant;

namespace Atlas.Domain.Playbooks;

/// <summary>The results of an entry at the gates, and its scores.</summary>
[GenerateSerializer, Immutable, Alias("atlas.entry-rubric")]
public sealed record EntryRubric
{
    /// <summary>Gets a value indicating whether each gate was passed, by name of the gate.</summary>
    [JsonConverter(typeof(TolerantFlags))]
    [Id(0)]
    public ImmutableSortedDictionary<string, bool> Gates { get; init; } = ImmutableSortedDictionary<string, bool>.Empty;

    /// <summary>Gets the scores by name, from 0 to 1, with four decimals.</summary>
    [JsonConverter(typeof(TolerantNumbers))]
    [Id(1)]
    public ImmutableSortedDictionary<string, double> Scores { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Gets the sum of score times weight, from 0 to 1, not rounded.</summary>
    [JsonConverter(typeof(TolerantReal))]
    [Id(2)]
    public double WeightedTotal { get; init; }

    /// <summary>Gets one <c>gate:reason</c> for each gate that was not passed.</summary>
    [JsonConverter(typeof(TolerantTexts))]
    [Id(3)]
    public ImmutableArray<string> FailureReasons { get; init; } = [];

    /// <summary>Gets the weights by name of the score. They add up to one or are all zero.</summary>
    [JsonConverter(typeof(TolerantNumbers))]
    [Id(4)]
    public ImmutableSortedDictionary<string, double> Weights { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Gets keys that Atlas does not know.</summary>
    [JsonExtensionData]
    [Id(5)]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
