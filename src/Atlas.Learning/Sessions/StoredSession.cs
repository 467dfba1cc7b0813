using System.Text.Json;
using Atlas.Domain;

namespace Atlas.Learning.Sessions;

/// <summary>What the owner of a session must know about it when it is activated.</summary>
public sealed record StoredSession
{
    public required long Id { get; init; }

    public required string Task { get; init; }

    public required SessionStatus Status { get; init; }

    /// <summary>Null if an older tool stored none.</summary>
    public string? LearningKey { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>The version of the playbook that the session got.</summary>
    public int? PlaybookVersion { get; init; }

    public string? PlaybookSha256 { get; init; }

    public string? TeacherPlaybookSha256 { get; init; }

    /// <summary>The entries it got, an object; null if nothing was injected, or the session was stored before this was kept.</summary>
    public JsonElement? Given { get; init; }

    /// <summary>The draws for it; null if there were none.</summary>
    public SessionAssignment? Assignment { get; init; }

    public required ReviewStatus ReviewStatus { get; init; }

    public string? ReviewNotes { get; init; }

    /// <summary>The last reviewer; null if there is none.</summary>
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

    /// <summary>Whether its learning key has yet to be told about it or its review.</summary>
    public bool Queued { get; init; }

    /// <summary>The outcome waiting for its learning key; null for none.</summary>
    public SessionOutcome? QueuedOutcome { get; init; }

    /// <summary>Whether its learning key has yet to be told about a reward that arrived after the end.</summary>
    public bool RewardWaits { get; init; }

    /// <summary>Whether its learning key has counted it.</summary>
    public bool Counted { get; init; }

    /// <summary>The progress of its judging; null if it was never to be judged.</summary>
    public StoredJudging? Judging { get; init; }

    /// <summary>How many seconds it can be silent while it runs; 0 for no limit.</summary>
    public int LeaseSeconds { get; init; }

    /// <summary>Until when it stays open without activity; null for no limit.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }
}
