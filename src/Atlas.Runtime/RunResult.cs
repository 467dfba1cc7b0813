using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;

namespace Atlas.Runtime;

/// <summary>What came of a task.</summary>
public sealed record RunResult
{
    /// <summary>The session's number.</summary>
    public required long SessionId { get; init; }

    /// <summary>The key it learned from and may teach.</summary>
    public required string LearningKey { get; init; }

    /// <summary>As the session ended, or will be ended where the cluster could not be told.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>The final answer; empty if it did not come to one.</summary>
    public required string Answer { get; init; }

    /// <summary>Why it failed, a sentence; null if it did not.</summary>
    public string? Error { get; init; }

    /// <summary>What went wrong without ending the session, sentences in order.</summary>
    public required ImmutableArray<string> Warnings { get; init; }

    /// <summary><c>auto</c>, <c>paired</c> or <c>coach</c>; null if it failed before one was chosen.</summary>
    public string? ExecutionMode { get; init; }

    /// <summary>Why that mode, say <c>capability_probe</c> or <c>forced</c>; null if it failed before one was chosen.</summary>
    public string? ModeSource { get; init; }

    /// <summary>The reward; null if there is none, or none yet.</summary>
    public SessionReward? Reward { get; init; }

    /// <summary>Why there is no reward, a sentence; null if there is one.</summary>
    public string? RewardAbsent { get; init; }

    /// <summary>Its review status; null if the cluster could not be told of the end.</summary>
    public ReviewStatus? ReviewStatus { get; init; }

    /// <summary>What it means to its learning key; null if it could not be told of the end.</summary>
    public LearningStanding? Learning { get; init; }

    /// <summary>Why it does not teach; null if it does, or if that is not known.</summary>
    public string? LearningReason { get; init; }

    /// <summary>The playbook the session used.</summary>
    public required PlaybookStamp PlaybookBefore { get; init; }

    /// <summary>The key's playbook after the session; see <see cref="RunRequest.LearningPatience"/>. Null if it could not be asked for.</summary>
    public PlaybookStamp? PlaybookAfter { get; init; }

    /// <summary>Whether the playbook stood in the prompts.</summary>
    public required bool PlaybookApplied { get; init; }

    /// <summary>Tokens by role: <c>student</c>, <c>teacher</c>, <c>probe</c>, and <c>judges</c> where the cluster tells.</summary>
    public required ImmutableSortedDictionary<string, TokenUsage> Usage { get; init; }

    /// <summary>US dollars by role, for the roles whose model has a price (<c>llm.price</c> in the configuration).</summary>
    public ImmutableSortedDictionary<string, decimal> Cost { get; init; } = ImmutableSortedDictionary<string, decimal>.Empty;

    /// <summary>Which entries' cues showed and which entries' tools were used; null if that is not tracked.</summary>
    public UsageSnapshot? Cues { get; init; }

    /// <summary>The plan that was executed, of the form <c>plans.plan</c>; null if it failed before there was one.</summary>
    public SessionPlan? Plan { get; init; }

    /// <summary>The steps, by number.</summary>
    public required ImmutableArray<RunStep> Steps { get; init; }

    /// <summary>From the start of the session to its answer, without judging and learning.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Tokens of all roles together.</summary>
    public long TotalTokens => Usage.Values.Sum(usage => usage.TotalTokens);
}
