using System.Collections.Immutable;

namespace Atlas.Learning.Sessions;

/// <summary>What a learning key is told about a finished session; enough to count it, and nothing that grows with its length.</summary>
public sealed record SessionOutcome
{
    public required long SessionId { get; init; }

    /// <summary><c>succeeded</c> or <c>failed</c>.</summary>
    public string Status { get; init; } = "succeeded";

    /// <summary>The reward, 0 to 1; null if there is none.</summary>
    public double? Score { get; init; }

    public double? UncertaintyMean { get; init; }

    public double? BestUncertainty { get; init; }

    /// <summary>Which entries fired or were adopted; entries that are not named were not hit.</summary>
    public ImmutableArray<EntryUsage> Usage { get; init; } = [];

    public double? TotalTokens { get; init; }

    public string? IncidentId { get; init; }

    public ImmutableArray<string> IncidentTags { get; init; } = [];

    public long? RetryCount { get; init; }

    /// <summary>Number of failure events; with <see cref="Failed"/> at least one is counted.</summary>
    public int FailureEvents { get; init; }

    public bool Failed { get; init; }

    /// <summary>The version of the playbook that the session saw; 0 for none.</summary>
    public int PlaybookVersion { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset CompletedAt { get; init; }
}

/// <summary>How often one entry was hit in one session.</summary>
public sealed record EntryUsage
{
    public required string EntryId { get; init; }

    /// <summary><c>student</c> or <c>teacher</c>.</summary>
    public string Role { get; init; } = "student";

    public int CueHits { get; init; }

    public int Adoptions { get; init; }

    public int SuccessfulAdoptions { get; init; }

    public int FailedAdoptions { get; init; }
}
