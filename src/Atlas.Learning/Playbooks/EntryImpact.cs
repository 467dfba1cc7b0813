using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Learning.Json.Tolerant;

namespace Atlas.Learning.Playbooks;

/// <summary>What was seen of an entry in the sessions since it exists. Counters never fall below zero.</summary>
public sealed record EntryImpact
{
    [JsonConverter(typeof(TolerantCount))]
    public long SessionsObserved { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    public long SessionsWithHits { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    public long SessionsWithoutHits { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    public long TotalCueHits { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    public long TotalAdoptions { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    public long SuccessfulAdoptions { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    public long FailedAdoptions { get; init; }

    /// <summary>Sum of the rewards of sessions in which the entry was hit.</summary>
    [JsonConverter(typeof(TolerantReal))]
    public double RewardWithSum { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    public long RewardWithCount { get; init; }

    [JsonConverter(typeof(TolerantReal))]
    public double RewardWithoutSum { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    public long RewardWithoutCount { get; init; }

    [JsonConverter(typeof(TolerantReal))]
    public double TokensWithSum { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    public long TokensWithCount { get; init; }

    [JsonConverter(typeof(TolerantReal))]
    public double TokensWithoutSum { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    public long TokensWithoutCount { get; init; }

    /// <summary>The newest 50 incidents, oldest first.</summary>
    [JsonConverter(typeof(TolerantTexts))]
    public ImmutableArray<string> IncidentIds { get; init; } = [];

    /// <summary>The newest 50 tags, oldest first.</summary>
    [JsonConverter(typeof(TolerantTexts))]
    public ImmutableArray<string> IncidentTags { get; init; } = [];

    [JsonConverter(typeof(TolerantCount))]
    public long RetrySum { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    public long RetrySamples { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    public long FailureEvents { get; init; }

    /// <summary>ISO 8601, UTC.</summary>
    [JsonConverter(typeof(OptionalText))]
    public string? FirstObservedAt { get; init; }

    /// <summary>ISO 8601, UTC.</summary>
    [JsonConverter(typeof(OptionalText))]
    public string? LastObservedAt { get; init; }

    /// <summary>Keys that Atlas does not know.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
