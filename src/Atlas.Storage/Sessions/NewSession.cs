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

    /// <summary>The caller's own id of the session; starting it again returns the stored session. Null for none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>An id that it may be stored under, with the same member <c>import</c> in its metadata; null for none.</summary>
    public string? FormerExternalId { get; init; }

    /// <summary>The version of the playbook that the session gets; null or 0 if there is none.</summary>
    public int? PlaybookVersion { get; init; }

    /// <summary>SHA-256 of the student's text, lower-case hex; null if there is none.</summary>
    public string? PlaybookSha256 { get; init; }

    /// <summary>SHA-256 of the teacher's text, lower-case hex; null if there is none.</summary>
    public string? TeacherPlaybookSha256 { get; init; }

    /// <summary>The entries of the version that it gets, an object as in <c>sessions.given</c>; null if nothing is injected.</summary>
    public string? GivenJson { get; init; }

    /// <summary>The draws for it, an object as in <c>sessions.assignment</c>; null if there were none.</summary>
    public string? AssignmentJson { get; init; }

    /// <summary>When it began; null to use the server's clock.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How many seconds it can be silent before it is closed; null or 0 for no limit.</summary>
    public int? LeaseSeconds { get; init; }

    /// <summary>Until when it stays open without activity; null for no limit.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>The budget owner who pays for what Atlas itself asks models about the session; null for nobody.</summary>
    public string? PaidBy { get; init; }

    /// <summary>What was found in task and metadata.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Whether the findings were removed.</summary>
    public bool TakesOut { get; init; }
}

/// <summary>A stored session, new or from an earlier start with the same external id.</summary>
/// <param name="Id">Its number.</param>
/// <param name="LearningKey">Its learning key, which can differ from the requested one if it was started earlier.</param>
/// <param name="Status">Running, or its final status.</param>
/// <param name="ReviewStatus">Its review status.</param>
/// <param name="WasNew">Whether this call stored it.</param>
/// <param name="PlaybookVersion">The version it got when it was stored.</param>
/// <param name="PlaybookSha256">The hash of the student's text it got.</param>
/// <param name="TeacherPlaybookSha256">The hash of the teacher's text it got.</param>
/// <param name="NextSequence">Number of the next trajectory event, that is, how many an earlier start stored.</param>
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
    /// <summary>The entries it got when it was stored; null if nothing was injected, or it was stored before this was kept.</summary>
    public JsonElement? Given { get; init; }
}
