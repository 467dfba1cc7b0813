using System.Text.Json;
using Atlas.Domain;

namespace Atlas.Learning.Sessions;

/// <summary>What the owner of a session has to know of it when it wakes up.</summary>
public sealed record StoredSession
{
    public required long Id { get; init; }

    public required string Task { get; init; }

    public required SessionStatus Status { get; init; }

    /// <summary>Null if an older tool stored none.</summary>
    public string? LearningKey { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>The version of the playbook that the session was given.</summary>
    public int? PlaybookVersion { get; init; }

    public string? PlaybookSha256 { get; init; }

    public string? TeacherPlaybookSha256 { get; init; }

    /// <summary>Which entries it was given, an object; null if nothing was injected, or it was stored before that was kept.</summary>
    public JsonElement? Given { get; init; }

    /// <summary>What was drawn for it; null if nothing was.</summary>
    public SessionAssignment? Assignment { get; init; }

    public required ReviewStatus ReviewStatus { get; init; }

    public string? ReviewNotes { get; init; }

    /// <summary>Who reviewed last; null if nobody did.</summary>
    public string? ReviewedBy { get; init; }

    /// <summary>An object, or null.</summary>
    public JsonElement? Metadata { get; init; }

    public JsonElement? Reward { get; init; }

    public JsonElement? RewardStats { get; init; }

    public JsonElement? Digest { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Number of the next trajectory event.</summary>
    public int NextSequence { get; init; }

    /// <summary>Whether its learning key is still to be told of it or of its review.</summary>
    public bool Queued { get; init; }

    /// <summary>The outcome that waits for its learning key; null if none waits.</summary>
    public SessionOutcome? QueuedOutcome { get; init; }

    /// <summary>Whether its learning key is still to be told of a reward that came after the end.</summary>
    public bool RewardWaits { get; init; }

    /// <summary>Whether its learning key has counted it.</summary>
    public bool Counted { get; init; }

    /// <summary>How far its judging is; null if it was never to be judged.</summary>
    public StoredJudging? Judging { get; init; }

    /// <summary>Seconds it may be silent while it runs; 0 for any time.</summary>
    public int LeaseSeconds { get; init; }

    /// <summary>Until when it is not closed for being silent; null for ever.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }
}
