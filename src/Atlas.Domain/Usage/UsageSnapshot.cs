using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Atlas.Domain.Usage;

/// <summary>The cues and adoptions of a session. Stored as <c>metadata.learning_usage</c>.</summary>
[GenerateSerializer, Immutable, Alias("atlas.usage-snapshot")]
public sealed record UsageSnapshot
{
    /// <summary>Gets what was observed of each entry, by role and entry id.</summary>
    [Id(0)]
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, EntryCounters>> Roles { get; init; } =
        ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, EntryCounters>>.Empty;

    /// <summary>Gets the figures of the session as a whole.</summary>
    [Id(1)]
    public SessionCounters Session { get; init; } = new();

    /// <summary>Gets which cues were looked for, by role.</summary>
    [Id(2)]
    public ImmutableSortedDictionary<string, ImmutableArray<CueHit>> Detectors { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<CueHit>>.Empty;
}

/// <summary>Figures of a session as a whole.</summary>
[GenerateSerializer, Immutable, Alias("atlas.session-counters")]
public sealed record SessionCounters
{
    /// <summary>Gets how often a cue fired, over all entries.</summary>
    [Id(0)]
    public int CueHits { get; init; }

    /// <summary>Gets how often a tool was used that an entry asks for.</summary>
    [Id(1)]
    public int ActionAdoptions { get; init; }

    /// <summary>Gets how many of those uses failed.</summary>
    [Id(2)]
    public int FailedAdoptions { get; init; }

    /// <summary>Gets the steps in which a cue fired, without duplicates.</summary>
    [Id(3)]
    public ImmutableArray<int> UniqueCueSteps { get; init; } = [];

    /// <summary>Gets the steps in which such a tool was used, without duplicates.</summary>
    [Id(4)]
    public ImmutableArray<int> UniqueAdoptionSteps { get; init; } = [];

    /// <summary>Gets the reward, from 0 to 1; null if it was not known.</summary>
    [Id(5)]
    public double? RewardScore { get; init; }

    /// <summary>Gets tokens by kind: <c>prompt_tokens</c>, <c>completion_tokens</c>, <c>total_tokens</c>, <c>calls</c>.</summary>
    [Id(6)]
    public ImmutableSortedDictionary<string, double> TokenUsage { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Gets the incident that the session belongs to; null for none.</summary>
    [Id(7)]
    public string? IncidentId { get; init; }

    /// <summary>Gets the identifier of the task; null if unknown.</summary>
    [Id(8)]
    public string? TaskIdentifier { get; init; }

    /// <summary>Gets the tags of the incident.</summary>
    [Id(9)]
    public ImmutableArray<string> IncidentTags { get; init; } = [];

    /// <summary>Gets the number of attempts beyond the first, over all steps; null if unknown.</summary>
    [Id(10)]
    public long? RetryCount { get; init; }

    /// <summary>Gets a value indicating whether the session failed.</summary>
    [Id(11)]
    public bool FailureFlag { get; init; }

    /// <summary>Gets the steps that failed.</summary>
    [Id(12)]
    public ImmutableArray<FailureEvent> FailureEvents { get; init; } = [];
}

/// <summary>A step that failed.</summary>
/// <param name="StepId">The step; null if unknown.</param>
/// <param name="Status">How it failed, in a word; null if unknown.</param>
[GenerateSerializer, Immutable, Alias("atlas.failure-event")]
public sealed record FailureEvent(
    [property: Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? StepId,
    [property: Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Status);
