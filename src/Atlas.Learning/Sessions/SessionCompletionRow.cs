using Atlas.Domain;

namespace Atlas.Learning.Sessions;

/// <summary>Everything that the end of a session writes, in one transaction.</summary>
public sealed record SessionCompletionRow
{
    public required long SessionId { get; init; }

    /// <summary>The final status; not running.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>The answer; empty if there is none.</summary>
    public string FinalAnswer { get; init; } = "";

    /// <summary>A JSON object as in <c>sessions.reward</c>.</summary>
    public string? RewardJson { get; init; }

    /// <summary>A JSON object as in <c>sessions.reward_stats</c>; its <c>score</c> is a number or null.</summary>
    public string? RewardStatsJson { get; init; }

    /// <summary>A JSON array as in <c>sessions.reward_audit</c>.</summary>
    public string? RewardAuditJson { get; init; }

    /// <summary>The note on this one session for the student.</summary>
    public string? StudentLearning { get; init; }

    /// <summary>The note on this one session for the teacher.</summary>
    public string? TeacherLearning { get; init; }

    /// <summary>Whether a person has to look at it.</summary>
    public ReviewStatus ReviewStatus { get; init; }

    /// <summary>The reason; null keeps an existing note.</summary>
    public string? ReviewNotes { get; init; }

    /// <summary>The reviewer; null if there is none, in which case an existing decision stays.</summary>
    public string? Reviewer { get; init; }

    /// <summary>Keys to merge into the metadata, a JSON object.</summary>
    public string? MetadataJson { get; init; }

    /// <summary>What a synthesizer can see of the session, a JSON object.</summary>
    public string? DigestJson { get; init; }

    /// <summary>What to tell the learning key; null if learning is off.</summary>
    public SessionDelivery? Delivery { get; init; }

    /// <summary>When to ask a judge, whose answer then tells the learning key. Null if there is nothing to judge.</summary>
    public DateTimeOffset? JudgingDueAt { get; init; }

    /// <summary>When it ended; null to use the server's clock.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}

/// <summary>What to tell a learning key about a finished session.</summary>
/// <param name="Outcome">Its figures.</param>
/// <param name="Teaches">Whether the session can teach now.</param>
public sealed record SessionDelivery(SessionOutcome Outcome, bool Teaches);
