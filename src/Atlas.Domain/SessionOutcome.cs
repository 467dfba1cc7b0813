using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>What a learning key is told about a finished session; enough to count it, and nothing that grows with its length. A
/// figure that is not finite is missing.</summary>
[GenerateSerializer, Immutable, Alias("atlas.session-outcome")]
public sealed record SessionOutcome
{
    /// <summary>The session.</summary>
    [Id(0)]
    public required long SessionId { get; init; }

    /// <summary>How it ended.</summary>
    [Id(1)]
    public SessionStatus Status { get; init; } = SessionStatus.Succeeded;

    /// <summary>The reward, 0 to 1; null if there is none.</summary>
    [Id(2)]
    public double? Score { get; init => field = Finite.OrNull(value); }

    /// <summary>Mean over the judges, 0 to 1; null if unknown.</summary>
    [Id(3)]
    public double? UncertaintyMean { get; init => field = Finite.OrNull(value); }

    /// <summary>Of the surest judge, 0 to 1; null if unknown.</summary>
    [Id(4)]
    public double? BestUncertainty { get; init => field = Finite.OrNull(value); }

    /// <summary>Which entries fired or were adopted; entries that are not named were not hit.</summary>
    [Id(5)]
    public ImmutableArray<EntryUsage> Usage { get; init; } = [];

    /// <summary>Ids of entries of its playbook that the session was not given: withheld from it, or left out for want of room.</summary>
    /// <remarks>Null for none.</remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(15)]
    public ImmutableArray<string>? NotGiven { get; init; }

    /// <summary>What was drawn for the session at its start; null where nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(16)]
    public SessionAssignment? Assignment { get; init; }

    /// <summary>Tokens of the whole session; null if unknown.</summary>
    [Id(6)]
    public double? TotalTokens { get; init => field = Finite.OrNull(value); }

    /// <summary>The incident that the session belongs to; null for none.</summary>
    [Id(7)]
    public string? IncidentId { get; init; }

    /// <summary>Tags of that incident.</summary>
    [Id(8)]
    public ImmutableArray<string> IncidentTags { get; init; } = [];

    /// <summary>How often a step was tried again; null if unknown.</summary>
    [Id(9)]
    public long? RetryCount { get; init; }

    /// <summary>Number of failure events; with <see cref="Failed"/> at least one is counted.</summary>
    [Id(10)]
    public int FailureEvents { get; init; }

    /// <summary>Whether the session counts as a failure.</summary>
    [Id(11)]
    public bool Failed { get; init; }

    /// <summary>The version of the playbook that the session saw; 0 for none.</summary>
    [Id(12)]
    public int PlaybookVersion { get; init; }

    /// <summary>When it began.</summary>
    [Id(13)]
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    [Id(14)]
    public DateTimeOffset CompletedAt { get; init; }
}
