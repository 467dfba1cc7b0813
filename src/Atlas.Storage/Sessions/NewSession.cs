using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Learning.Redaction;

namespace Atlas.Storage.Sessions;

/// <summary>A session to store.</summary>
public sealed record NewSession
{
    /// <summary>The raw task text.</summary>
    public required string Task { get; init; }

    /// <summary>The learning key; it becomes part of the metadata.</summary>
    public required string LearningKey { get; init; }

    /// <summary>The caller's metadata, a JSON object; null for none.</summary>
    public string? MetadataJson { get; init; }

    /// <summary>The caller's own identity of the session; starting it again gives the stored session. Null for none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The version of the playbook that the session is given; null or 0 if there is none.</summary>
    public int? PlaybookVersion { get; init; }

    /// <summary>SHA-256 of the student's text, lower-case hex; null if there is none.</summary>
    public string? PlaybookSha256 { get; init; }

    /// <summary>SHA-256 of the teacher's text, lower-case hex; null if there is none.</summary>
    public string? TeacherPlaybookSha256 { get; init; }

    /// <summary>Which entries of the version it is given, an object as <c>sessions.given</c> holds it; null if nothing is injected.</summary>
    public string? GivenJson { get; init; }

    /// <summary>What was drawn for it, an object as <c>sessions.assignment</c> holds it; null if nothing was.</summary>
    public string? AssignmentJson { get; init; }

    /// <summary>When it began; null for the server's clock.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Seconds it may be silent before it is closed; null or 0 for any time.</summary>
    public int? LeaseSeconds { get; init; }

    /// <summary>Until when it is not closed for being silent; null for ever.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>The owner of a budget who pays for what Atlas itself asks models about the session; null for nobody.</summary>
    public string? PaidBy { get; init; }

    /// <summary>What was found in task and metadata.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Whether what was found was taken out.</summary>
    public bool TakesOut { get; init; }
}

/// <summary>A stored session, new or of an earlier start with the same external id.</summary>
/// <param name="Id">Its number.</param>
/// <param name="LearningKey">Its learning key, which of an earlier start may be another than the one asked for.</param>
/// <param name="Status">Running, or how it ended.</param>
/// <param name="ReviewStatus">Its review status.</param>
/// <param name="WasNew">Whether this call stored it.</param>
/// <param name="PlaybookVersion">The version it was given when it was stored.</param>
/// <param name="PlaybookSha256">The hash of the student's text it was given.</param>
/// <param name="TeacherPlaybookSha256">The hash of the teacher's text it was given.</param>
/// <param name="NextSequence">Number of the next trajectory event: how many an earlier start stored.</param>
/// <param name="StartedAt">When it began.</param>
public sealed record StartedSession(
    long Id,
    string LearningKey,
    SessionStatus Status,
    ReviewStatus ReviewStatus,
    bool WasNew,
    int? PlaybookVersion,
    string? PlaybookSha256,
    string? TeacherPlaybookSha256,
    int NextSequence,
    DateTimeOffset StartedAt)
{
    /// <summary>Which entries it was given when it was stored; null if nothing was injected, or it was stored before that was kept.</summary>
    public JsonElement? Given { get; init; }
}
