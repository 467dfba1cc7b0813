using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Cli.Playbooks.Versions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;
using Atlas.Learning.Usage;
using Atlas.Models.Providers;
using Atlas.Runtime;

namespace Atlas.Cli.Run.Report;

/// <summary>The document of <c>atlas run --json</c>.</summary>
internal sealed record RunReport
{
    public required long SessionId { get; init; }

    public required string LearningKey { get; init; }

    /// <summary>Gets the status, <c>succeeded</c> or <c>failed</c>.</summary>
    public required SessionStatus Status { get; init; }

    public required string Answer { get; init; }

    public required string? Error { get; init; }

    public required ImmutableArray<string> Warnings { get; init; }

    public required string? ExecutionMode { get; init; }

    public required string? ModeSource { get; init; }

    public required SessionReward? Reward { get; init; }

    /// <summary>Gets why there is no reward; null if there is one.</summary>
    public required string? RewardAbsent { get; init; }

    public required ReviewStatus? ReviewStatus { get; init; }

    public required LearningStanding? Learning { get; init; }

    public required string? LearningReason { get; init; }

    /// <summary>Gets the playbook that the session used.</summary>
    public required PlaybookStamp PlaybookBefore { get; init; }

    /// <summary>Gets the key's playbook afterwards; null if it could not be read.</summary>
    public required PlaybookStamp? PlaybookAfter { get; init; }

    public required bool PlaybookApplied { get; init; }

    /// <summary>Gets what changed in the playbook in the meantime; null if nothing did, or if that is not known.</summary>
    public DifferenceDocument? Learned { get; init; }

    public required IReadOnlyDictionary<string, JsonObject> Tokens { get; init; }

    public required long TotalTokens { get; init; }

    /// <summary>Gets the cost in US dollars by role, for roles whose price is configured.</summary>
    public required IReadOnlyDictionary<string, decimal> CostUsd { get; init; }

    public required UsageSnapshot? LearningUsage { get; init; }

    public required SessionPlan? Plan { get; init; }

    public required ImmutableArray<RunStep> Steps { get; init; }

    /// <summary>Gets the duration from the start of the session to its answer.</summary>
    public required double DurationSeconds { get; init; }

    public static RunReport Of(RunResult result) => new()
    {
        SessionId = result.SessionId,
        LearningKey = result.LearningKey,
        Status = result.Status,
        Answer = result.Answer,
        Error = result.Error,
        Warnings = result.Warnings,
        ExecutionMode = result.ExecutionMode,
        ModeSource = result.ModeSource,
        Reward = result.Reward,
        RewardAbsent = result.RewardAbsent,
        ReviewStatus = result.ReviewStatus,
        Learning = result.Learning,
        LearningReason = result.LearningReason,
        PlaybookBefore = result.PlaybookBefore,
        PlaybookAfter = result.PlaybookAfter,
        PlaybookApplied = result.PlaybookApplied,
        Tokens = result.Usage.ToDictionary(role => role.Key, role => role.Value.ToJson()),
        TotalTokens = result.TotalTokens,
        CostUsd = result.Cost,
        LearningUsage = result.Cues,
        Plan = result.Plan,
        Steps = result.Steps,
        DurationSeconds = Math.Round(result.Duration.TotalSeconds, 3),
    };
}
