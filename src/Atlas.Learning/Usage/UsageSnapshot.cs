using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Learning.Json;

namespace Atlas.Learning.Usage;

/// <summary>The cues and adoptions of one session. On the wire this is <c>metadata.learning_usage</c>.</summary>
public sealed record UsageSnapshot
{
    /// <summary>By role and entry id.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, EntryCounters>> Roles { get; init; }

    public required SessionCounters Session { get; init; }

    /// <summary>By role: which cues were looked for.</summary>
    public required IReadOnlyDictionary<string, ImmutableArray<CueHit>> Detectors { get; init; }

    /// <summary>The snapshot as it is stored.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, AtlasJson.Options);
}

/// <summary>Figures of the session as a whole.</summary>
public sealed record SessionCounters
{
    public int CueHits { get; init; }

    public int ActionAdoptions { get; init; }

    public int FailedAdoptions { get; init; }

    public IReadOnlyList<int> UniqueCueSteps { get; init; } = [];

    public IReadOnlyList<int> UniqueAdoptionSteps { get; init; } = [];

    public double? RewardScore { get; init; }

    /// <summary>Tokens by kind: <c>prompt_tokens</c>, <c>completion_tokens</c>, <c>total_tokens</c>, <c>calls</c>.</summary>
    public IReadOnlyDictionary<string, double> TokenUsage { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    public string? IncidentId { get; init; }

    public string? TaskIdentifier { get; init; }

    public IReadOnlyList<string> IncidentTags { get; init; } = [];

    public long? RetryCount { get; init; }

    public bool FailureFlag { get; init; }

    public IReadOnlyList<FailureEvent> FailureEvents { get; init; } = [];
}

/// <summary>A step that failed.</summary>
public sealed record FailureEvent(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? StepId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Status);
