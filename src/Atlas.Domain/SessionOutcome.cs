using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>What a finished session reports to its learning key: enough to count it, and nothing that grows with the session's length.
/// Figures that are not finite become null.</summary>
[GenerateSerializer, Immutable, Alias("atlas.session-outcome")]
public sealed record SessionOutcome
{
    /// <summary>Gets the session's number.</summary>
    [Id(0)]
    public required long SessionId { get; init; }

    /// <summary>Gets how it ended.</summary>
    [Id(1)]
    public SessionStatus Status { get; init; } = SessionStatus.Succeeded;

    /// <summary>Gets the reward, from 0 to 1; null if there is none.</summary>
    [Id(2)]
    public double? Score { get; init => field = Finite.OrNull(value); }

    /// <summary>Gets the mean uncertainty of the judges, from 0 to 1; null if unknown.</summary>
    [Id(3)]
    public double? UncertaintyMean { get; init => field = Finite.OrNull(value); }

    /// <summary>Gets the uncertainty of the surest judge, from 0 to 1; null if unknown.</summary>
    [Id(4)]
    public double? BestUncertainty { get; init => field = Finite.OrNull(value); }

    /// <summary>Gets which entries fired or were adopted. Entries that are not listed were not hit.</summary>
    [Id(5)]
    public ImmutableArray<EntryUsage> Usage { get; init; } = [];

    /// <summary>Gets the ids of entries of its playbook that the session did not get, because they were withheld or did not fit.</summary>
    /// <remarks>Null for none.</remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(15)]
    public ImmutableArray<string>? NotGiven { get; init; }

    /// <summary>Gets the draws made at the session's start; null if there were none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(16)]
    public SessionAssignment? Assignment { get; init; }

    /// <summary>Gets a value indicating whether a person had quarantined the session before its learning key was told: the key counts it, but
    /// not as evidence.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [Id(17)]
    public bool Quarantined { get; init; }

    /// <summary>Gets the tokens of the whole session; null if unknown.</summary>
    [Id(6)]
    public double? TotalTokens { get; init => field = Finite.OrNull(value); }

    /// <summary>Gets the incident that the session belongs to; null for none.</summary>
    [Id(7)]
    public string? IncidentId { get; init; }

    /// <summary>Gets the tags of that incident.</summary>
    [Id(8)]
    public ImmutableArray<string> IncidentTags { get; init; } = [];

    /// <summary>Gets how often a step was retried; null if unknown.</summary>
    [Id(9)]
    public long? RetryCount { get; init; }

    /// <summary>Gets the number of failure events; if <see cref="Failed"/> is true, at least one is counted.</summary>
    [Id(10)]
    public int FailureEvents { get; init; }

    /// <summary>Gets a value indicating whether the session counts as a failure.</summary>
    [Id(11)]
    public bool Failed { get; init; }

    /// <summary>Gets the version of the playbook that the session saw; 0 for none.</summary>
    [Id(12)]
    public int PlaybookVersion { get; init; }

    /// <summary>Gets when it began.</summary>
    [Id(13)]
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets when it ended.</summary>
    [Id(14)]
    public DateTimeOffset CompletedAt { get; init; }
}
