using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json.Tolerant;

namespace Atlas.Domain.Playbooks;

/// <summary>What was observed of an entry in all sessions since it was created. Counters are never negative; sums are finite.</summary>
[GenerateSerializer, Immutable, Alias("atlas.entry-impact")]
public sealed record EntryImpact
{
    [JsonConverter(typeof(TolerantCount))]
    [Id(0)]
    public long SessionsObserved { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    [Id(1)]
    public long SessionsWithHits { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    [Id(2)]
    public long SessionsWithoutHits { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    [Id(3)]
    public long TotalCueHits { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    [Id(4)]
    public long TotalAdoptions { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    [Id(5)]
    public long SuccessfulAdoptions { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    [Id(6)]
    public long FailedAdoptions { get; init; }

    /// <summary>Gets the sum of the rewards of sessions in which the entry was hit.</summary>
    [JsonConverter(typeof(TolerantReal))]
    [Id(7)]
    public double RewardWithSum { get; init => field = Finite.Held(value); }

    [JsonConverter(typeof(TolerantCount))]
    [Id(8)]
    public long RewardWithCount { get; init; }

    [JsonConverter(typeof(TolerantReal))]
    [Id(9)]
    public double RewardWithoutSum { get; init => field = Finite.Held(value); }

    [JsonConverter(typeof(TolerantCount))]
    [Id(10)]
    public long RewardWithoutCount { get; init; }

    [JsonConverter(typeof(TolerantReal))]
    [Id(11)]
    public double TokensWithSum { get; init => field = Finite.Held(value); }

    [JsonConverter(typeof(TolerantCount))]
    [Id(12)]
    public long TokensWithCount { get; init; }

    [JsonConverter(typeof(TolerantReal))]
    [Id(13)]
    public double TokensWithoutSum { get; init => field = Finite.Held(value); }

    [JsonConverter(typeof(TolerantCount))]
    [Id(14)]
    public long TokensWithoutCount { get; init; }

    /// <summary>Gets the newest 50 incidents, oldest first.</summary>
    [JsonConverter(typeof(TolerantTexts))]
    [Id(15)]
    public ImmutableArray<string> IncidentIds { get; init; } = [];

    /// <summary>Gets the newest 50 tags, oldest first.</summary>
    [JsonConverter(typeof(TolerantTexts))]
    [Id(16)]
    public ImmutableArray<string> IncidentTags { get; init; } = [];

    [JsonConverter(typeof(TolerantCount))]
    [Id(17)]
    public long RetrySum { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    [Id(18)]
    public long RetrySamples { get; init; }

    [JsonConverter(typeof(TolerantCount))]
    [Id(19)]
    public long FailureEvents { get; init; }

    /// <summary>Gets the time of the first observation, ISO 8601, UTC.</summary>
    [JsonConverter(typeof(OptionalText))]
    [Id(20)]
    public string? FirstObservedAt { get; init; }

    /// <summary>Gets the time of the last observation, ISO 8601, UTC.</summary>
    [JsonConverter(typeof(OptionalText))]
    [Id(21)]
    public string? LastObservedAt { get; init; }

    /// <summary>Gets keys that Atlas does not know.</summary>
    [JsonExtensionData]
    [Id(22)]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
