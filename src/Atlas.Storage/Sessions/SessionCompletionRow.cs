namespace Atlas.Storage.Sessions;

/// <summary>Everything that the end of a session writes, in one transaction.</summary>
public sealed record SessionCompletionRow
{
    public required long SessionId { get; init; }

    /// <summary><c>succeeded</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

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

    /// <summary><c>pending</c>, <c>approved</c> or <c>quarantined</c>.</summary>
    public string ReviewStatus { get; init; } = "pending";

    /// <summary>Why; null keeps a note that is there.</summary>
    public string? ReviewNotes { get; init; }

    /// <summary>Who reviewed; null if nobody did, and then a decision that is there stays.</summary>
    public string? Reviewer { get; init; }

    /// <summary>Keys to merge into the metadata, a JSON object.</summary>
    public string? MetadataJson { get; init; }

    /// <summary>What a synthesizer may see of the session, a JSON object.</summary>
    public string? DigestJson { get; init; }

    /// <summary>What the learning key is to be told; null if learning is off.</summary>
    public SessionDelivery? Delivery { get; init; }

    /// <summary>When a judge is to be asked; its answer then tells the learning key. Null if nothing is to be judged.</summary>
    public DateTimeOffset? JudgingDueAt { get; init; }

    /// <summary>When it ended; null for the server's clock.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}

/// <summary>What a learning key is to be told about a finished session.</summary>
/// <param name="OutcomeJson">A JSON object, <c>Atlas.Learning.Sessions.SessionOutcome</c>.</param>
/// <param name="Teaches">Whether the session may feed the synthesizer now.</param>
public sealed record SessionDelivery(string OutcomeJson, bool Teaches);

/// <summary>How a session ended, now or at the first call.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="LearningKey">Its learning key; null if an older tool stored none.</param>
/// <param name="Status"><c>succeeded</c> or <c>failed</c>.</param>
/// <param name="ReviewStatus"><c>pending</c>, <c>approved</c> or <c>quarantined</c>.</param>
/// <param name="WasNew">Whether this call ended it.</param>
/// <param name="Queued">Whether its learning key is still to be told.</param>
/// <param name="Counted">Whether its learning key has counted it.</param>
/// <param name="Judging"><c>pending</c>, <c>judged</c> or <c>failed</c>; null if it was never to be judged.</param>
public sealed record SessionEnd(
    long SessionId, string? LearningKey, string Status, string ReviewStatus, bool WasNew, bool Queued, bool Counted,
    string? Judging = null);
