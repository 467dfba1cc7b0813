using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atlas.Learning.Playbooks;

/// <summary>When an entry applies.</summary>
public sealed record EntryCue
{
    /// <summary><c>regex</c>, <c>keyword</c> or <c>predicate</c>.</summary>
    public string Type { get; init; } = "keyword";

    public string Pattern { get; init; } = "";

    public string Description { get; init; } = "";

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}

/// <summary>What to do when the cue shows.</summary>
public sealed record EntryAction
{
    public string Imperative { get; init; } = "";

    /// <summary>The tool whose use counts as adoption of the entry.</summary>
    public string? RuntimeHandle { get; init; }

    public string? ToolName { get; init; }

    public Dictionary<string, JsonElement> Arguments { get; init; } = [];

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}

/// <summary>How far an entry reaches.</summary>
public sealed record EntryScope
{
    /// <summary><c>reinforcement</c> (keep doing) or <c>differentiation</c> (do otherwise); other words are kept.</summary>
    public string Category { get; init; } = "";

    public string Constraints { get; init; } = "";

    public string AppliesWhen { get; init; } = "";

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}

/// <summary>How an entry did at the gates, and its scores.</summary>
public sealed record EntryRubric
{
    public ImmutableSortedDictionary<string, bool> Gates { get; init; } = ImmutableSortedDictionary<string, bool>.Empty;

    public ImmutableSortedDictionary<string, double> Scores { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    public double WeightedTotal { get; init; }

    public ImmutableArray<string> FailureReasons { get; init; } = [];

    public ImmutableSortedDictionary<string, double> Weights { get; init; } = ImmutableSortedDictionary<string, double>.Empty;
}

/// <summary>Where an entry comes from and where it stands.</summary>
public sealed record EntryProvenance
{
    public string? CreatedAt { get; init; }

    public string? UpdatedAt { get; init; }

    public long? SourceSessionId { get; init; }

    public string? TeacherGuidanceDigest { get; init; }

    public string? SourceTeacherInterventionHash { get; init; }

    public EntryStatus? Status { get; init; }

    public EntryRubric? Rubric { get; init; }

    public ImmutableSortedDictionary<string, double>? Weights { get; init; }

    public string? PruneReason { get; init; }

    public string? PrunedAt { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}

/// <summary>Category and lifecycle of an entry.</summary>
public sealed record EntryStatus
{
    public string Category { get; init; } = "";

    /// <summary><c>active</c>, <c>provisional</c>, <c>deprecated</c>, <c>pruned</c> or <c>rejected</c>.</summary>
    public string Lifecycle { get; init; } = "active";
}

/// <summary>What was seen of an entry in the sessions since it exists.</summary>
public sealed record EntryImpact
{
    public long SessionsObserved { get; init; }

    public long SessionsWithHits { get; init; }

    public long SessionsWithoutHits { get; init; }

    public long TotalCueHits { get; init; }

    public long TotalAdoptions { get; init; }

    public long SuccessfulAdoptions { get; init; }

    public long FailedAdoptions { get; init; }

    public double RewardWithSum { get; init; }

    public long RewardWithCount { get; init; }

    public double RewardWithoutSum { get; init; }

    public long RewardWithoutCount { get; init; }

    public double TokensWithSum { get; init; }

    public long TokensWithCount { get; init; }

    public double TokensWithoutSum { get; init; }

    public long TokensWithoutCount { get; init; }

    public ImmutableArray<string> IncidentIds { get; init; } = [];

    public ImmutableArray<string> IncidentTags { get; init; } = [];

    public long RetrySum { get; init; }

    public long RetrySamples { get; init; }

    public long FailureEvents { get; init; }

    public string? FirstObservedAt { get; init; }

    public string? LastObservedAt { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
