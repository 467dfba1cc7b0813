using System.Collections.Immutable;
using Atlas.Domain.Usage;

namespace Atlas.Learning.Usage;

/// <summary>How a session ended, for the usage tracker.</summary>
public sealed record UsageOutcome
{
    public double? RewardScore { get; init; }

    /// <summary>Tokens by kind; null keeps what was recorded.</summary>
    public IReadOnlyDictionary<string, double>? TokenUsage { get; init; }

    public string? IncidentId { get; init; }

    public string? TaskIdentifier { get; init; }

    public ImmutableArray<string> IncidentTags { get; init; } = [];

    /// <summary>Attempts beyond the first, over all steps.</summary>
    public long? RetryCount { get; init; }

    public bool Failed { get; init; }

    public ImmutableArray<FailureEvent> FailureEvents { get; init; } = [];
}
