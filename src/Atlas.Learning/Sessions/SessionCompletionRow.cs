using Atlas.Domain;

namespace Atlas.Learning.Sessions;

/// <summary>Everything that the end of a session writes, in one transaction.</summary>
public sealed record SessionCompletionRow
{
    public required long SessionId { get; init; }

    /// <summary>How it ended; not running.</summary>
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

    /// <summary>Whether somebody has to look at it.</summary>
    public ReviewStatus ReviewStatus { get; init; }

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
/// <param name="Outcome">Its figures.</param>
/// <param name="Teaches">Whether the session may feed the synthesizer now.</param>
public sealed record SessionDelivery(SessionOutcome Outcome, bool Teaches);
