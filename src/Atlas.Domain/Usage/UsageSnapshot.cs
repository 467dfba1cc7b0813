using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Atlas.Domain.Usage;

/// <summary>The cues and adoptions of one session. Stored as <c>metadata.learning_usage</c>.</summary>
[GenerateSerializer, Immutable, Alias("atlas.usage-snapshot")]
public sealed record UsageSnapshot
{
    /// <summary>By role and entry id: what was seen of the entry.</summary>
    [Id(0)]
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, EntryCounters>> Roles { get; init; } =
        ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, EntryCounters>>.Empty;

    /// <summary>Figures of the session as a whole.</summary>
    [Id(1)]
    public SessionCounters Session { get; init; } = new();

    /// <summary>By role: which cues were looked for.</summary>
    [Id(2)]
    public ImmutableSortedDictionary<string, ImmutableArray<CueHit>> Detectors { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<CueHit>>.Empty;
}

/// <summary>Figures of the session as a whole.</summary>
[GenerateSerializer, Immutable, Alias("atlas.session-counters")]
public sealed record SessionCounters
{
    /// <summary>How often a cue showed, over all entries.</summary>
    [Id(0)]
    public int CueHits { get; init; }

    /// <summary>How often a tool was used that an entry asks for.</summary>
    [Id(1)]
    public int ActionAdoptions { get; init; }

    /// <summary>How often without success.</summary>
    [Id(2)]
    public int FailedAdoptions { get; init; }

    /// <summary>Steps in which a cue showed, each once.</summary>
    [Id(3)]
    public ImmutableArray<int> UniqueCueSteps { get; init; } = [];

    /// <summary>Steps in which such a tool was used, each once.</summary>
    [Id(4)]
    public ImmutableArray<int> UniqueAdoptionSteps { get; init; } = [];

    /// <summary>The reward, 0 to 1; null if none was known.</summary>
    [Id(5)]
    public double? RewardScore { get; init; }

    /// <summary>Tokens by kind: <c>prompt_tokens</c>, <c>completion_tokens</c>, <c>total_tokens</c>, <c>calls</c>.</summary>
    [Id(6)]
    public ImmutableSortedDictionary<string, double> TokenUsage { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>The incident that the session belongs to; null for none.</summary>
    [Id(7)]
    public string? IncidentId { get; init; }

    /// <summary>What the task is known by; null if unknown.</summary>
    [Id(8)]
    public string? TaskIdentifier { get; init; }

    /// <summary>Tags of the incident.</summary>
    [Id(9)]
    public ImmutableArray<string> IncidentTags { get; init; } = [];

    /// <summary>Attempts beyond the first, over all steps; null if unknown.</summary>
    [Id(10)]
    public long? RetryCount { get; init; }

    /// <summary>Whether the session failed.</summary>
    [Id(11)]
    public bool FailureFlag { get; init; }

    /// <summary>The steps that failed.</summary>
    [Id(12)]
    public ImmutableArray<FailureEvent> FailureEvents { get; init; } = [];
}

/// <summary>A step that failed.</summary>
/// <param name="StepId">The step; null if it is not known.</param>
/// <param name="Status">How it failed, in a word; null if it is not known.</param>
[GenerateSerializer, Immutable, Alias("atlas.failure-event")]
public sealed record FailureEvent(
    [property: Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? StepId,
    [property: Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Status);
