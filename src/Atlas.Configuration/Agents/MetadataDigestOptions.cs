using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Atlas.Configuration.Agents;

/// <summary>The block <c>agent.metadata_digest</c>: how much of the session's metadata the model sees.</summary>
public sealed record MetadataDigestOptions
{
    /// <summary>False sends the metadata in full.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>Maximum size of the digest, in characters, for every provider.</summary>
    /// <value>The default is none: <c>provider_char_budgets</c>, else a share of the provider's context.</value>
    [Range(1024, int.MaxValue)]
    public int? CharBudget { get; init; }

    /// <summary>Maximum size of the digest, in characters, by provider name.</summary>
    /// <value>The default is none.</value>
    [Range(1, int.MaxValue)]
    public ImmutableSortedDictionary<string, int> ProviderCharBudgets { get; init; } =
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>Keys of the session's metadata to include.</summary>
    /// <value>The default is the fourteen keys that describe where a session stands.</value>
    public ImmutableArray<string> IncludeSessionKeys { get; init; } =
    [
        "source", "execution_mode", "adaptive_summary", "token_usage", "reward_summary", "reward_stats",
        "reward_audit_summary", "triage_dossier", "drift_alert", "learning_usage", "student_learning",
        "teacher_learning", "session_learning_note", "notes",
    ];

    /// <summary>Maximum number of steps of the plan.</summary>
    /// <value>The default is 5.</value>
    [Range(0, 20)]
    public int MaxPlanSteps { get; init; } = 5;

    /// <summary>Maximum number of results of earlier steps.</summary>
    /// <value>The default is 5.</value>
    [Range(0, 20)]
    public int MaxStepSummaries { get; init; } = 5;

    /// <summary>Maximum number of past sessions.</summary>
    /// <value>The default is 3.</value>
    [Range(0, 10)]
    public int MaxLearningHistoryEntries { get; init; } = 3;

    /// <summary>Maximum number of entries of the judges' audit.</summary>
    /// <value>The default is 3.</value>
    [Range(0, 10)]
    public int MaxRewardAuditEntries { get; init; } = 3;

    /// <summary>Maximum length of a section, in characters.</summary>
    /// <value>The default is 4000.</value>
    [Range(512, 20000)]
    public int MaxSectionChars { get; init; } = 4000;

    /// <summary>Maximum length of a single text, in characters.</summary>
    /// <value>The default is 1000.</value>
    [Range(128, 4000)]
    public int MaxStringChars { get; init; } = 1000;
}
