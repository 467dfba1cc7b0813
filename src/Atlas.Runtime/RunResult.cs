using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;

namespace Atlas.Runtime;

/// <summary>The result of a task.</summary>
public sealed record RunResult
{
    /// <summary>Gets the session's number.</summary>
    public required long SessionId { get; init; }

    /// <summary>Gets the key that it learned from and can teach.</summary>
    public required string LearningKey { get; init; }

    /// <summary>Gets how the session ended, or will end if the cluster was unreachable.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>Gets the final answer; empty if there is none.</summary>
    public required string Answer { get; init; }

    /// <summary>Gets a sentence that says why it failed; null if it did not.</summary>
    public string? Error { get; init; }

    /// <summary>Gets what went wrong without ending the session, as sentences in order.</summary>
    public required ImmutableArray<string> Warnings { get; init; }

    /// <summary>Gets the mode: <c>auto</c>, <c>paired</c> or <c>coach</c>; null if it failed before one was chosen.</summary>
    public string? ExecutionMode { get; init; }

    /// <summary>Gets why that mode was chosen, such as <c>capability_probe</c> or <c>forced</c>; null if it failed before one was chosen.</summary>
    public string? ModeSource { get; init; }

    /// <summary>Gets the reward; null if there is none, or none yet.</summary>
    public SessionReward? Reward { get; init; }

    /// <summary>Gets a sentence that says why there is no reward; null if there is one.</summary>
    public string? RewardAbsent { get; init; }

    /// <summary>Gets its review status; null if the end could not be reported to the cluster.</summary>
    public ReviewStatus? ReviewStatus { get; init; }

    /// <summary>Gets what it means to its learning key; null if the end could not be reported to the cluster.</summary>
    public LearningStanding? Learning { get; init; }

    /// <summary>Gets why it does not teach; null if it does, or if that is unknown.</summary>
    public string? LearningReason { get; init; }

    /// <summary>Gets the playbook that the session used.</summary>
    public required PlaybookStamp PlaybookBefore { get; init; }

    /// <summary>Gets the key's playbook after the session; see <see cref="RunRequest.LearningPatience"/>. Null if the cluster was
    /// unreachable.</summary>
    public PlaybookStamp? PlaybookAfter { get; init; }

    /// <summary>Gets a value indicating whether the playbook was in the prompts.</summary>
    public required bool PlaybookApplied { get; init; }

    /// <summary>Gets tokens by role: <c>student</c>, <c>teacher</c>, <c>probe</c>, and <c>judges</c> if the cluster reports them.</summary>
    public required ImmutableSortedDictionary<string, TokenUsage> Usage { get; init; }

    /// <summary>Gets US dollars by role, for roles whose model has a price (<c>llm.price</c> in the configuration).</summary>
    public ImmutableSortedDictionary<string, decimal> Cost { get; init; } = ImmutableSortedDictionary<string, decimal>.Empty;

    /// <summary>Gets which entries' cues fired and which entries' tools were used; null if that is not tracked.</summary>
    public UsageSnapshot? Cues { get; init; }

    /// <summary>Gets the plan that was executed, in the form of <c>plans.plan</c>; null if it failed before there was one.</summary>
    public SessionPlan? Plan { get; init; }

    /// <summary>Gets the steps, by number.</summary>
    public required ImmutableArray<RunStep> Steps { get; init; }

    /// <summary>Gets the time from the start of the session to its answer, without judging and learning.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Gets the tokens of all roles together.</summary>
    public long TotalTokens => Usage.Values.Sum(usage => usage.TotalTokens);
}
