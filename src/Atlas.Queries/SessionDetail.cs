using Atlas.Domain;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Learning.Sessions;

namespace Atlas.Queries;

/// <summary>A session with everything that was recorded about it.</summary>
public sealed record SessionDetail
{
    public required SessionSummary Summary { get; init; }

    public string? FinalAnswer { get; init; }

    public string? TeacherPlaybookSha256 { get; init; }

    /// <summary>The entries of its playbook that it got, an object; null if nothing was injected, or it was stored before this was
    /// kept.</summary>
    public JsonElement? Given { get; init; }

    /// <summary>Those of the withheld entries for which nothing was drawn: no session gets them, or they wait for their trial.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Barred { get; init; } = [];

    public JsonElement? Metadata { get; init; }

    public JsonElement? Reward { get; init; }

    public JsonElement? RewardStats { get; init; }

    public JsonElement? RewardAudit { get; init; }

    public JsonElement? Digest { get; init; }

    /// <summary>The note on this session for the student.</summary>
    public string? StudentLearning { get; init; }

    /// <summary>The note on this session for the teacher.</summary>
    public string? TeacherLearning { get; init; }

    public string? ReviewNotes { get; init; }

    public string? ReviewedBy { get; init; }

    public DateTimeOffset? ReviewedAt { get; init; }

    public JsonElement? Plan { get; init; }

    /// <summary>The progress of its judging; null if no judge was asked.</summary>
    public StoredJudging? Judging { get; init; }

    /// <summary>How many seconds it can be silent while it runs; null or 0 for no limit.</summary>
    public int? LeaseSeconds { get; init; }

    /// <summary>Until when it stays open without activity; null for no limit.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>SHA-256 over the modules of the environment it ran in; null if none was discovered there.</summary>
    public string? DiscoveryFingerprint { get; init; }

    /// <summary>The discovery run of that environment, if possible the newest before the session began; null if this database has
    /// none.</summary>
    public long? DiscoveryRunId { get; init; }

    public ImmutableArray<StepDetail> Steps { get; init; } = [];

    /// <summary>The trajectory events in order, as they were stored.</summary>
    public ImmutableArray<StoredEvent> Events { get; init; } = [];

    /// <summary>Every decision of a reviewer, oldest first.</summary>
    public ImmutableArray<StoredDecision> Decisions { get; init; } = [];

    /// <summary>The secrets and personal data found in its records, by place.</summary>
    public ImmutableArray<StoredRedaction> Redactions { get; init; } = [];
}

/// <summary>One step of a session.</summary>
/// <param name="StepId">Its number in the plan.</param>
/// <param name="Trace">Transcript of the last attempt.</param>
/// <param name="Output">What the executor returned last.</param>
/// <param name="Evaluation">The evaluation of the last attempt.</param>
/// <param name="Attempts">The number of attempts.</param>
/// <param name="Metadata">As it was stored.</param>
/// <param name="AttemptDetails">The attempts in order.</param>
/// <param name="GuidanceNotes">The teacher's notes in order.</param>
public sealed record StepDetail(
    int StepId, string? Trace, string? Output, JsonElement? Evaluation, int? Attempts, JsonElement? Metadata,
    ImmutableArray<AttemptDetail> AttemptDetails, ImmutableArray<string> GuidanceNotes);

/// <summary>One attempt at a step.</summary>
/// <param name="Attempt">Its number, from 1.</param>
/// <param name="Evaluation">As it was stored.</param>
public sealed record AttemptDetail(int Attempt, JsonElement? Evaluation);

/// <summary>One trajectory event.</summary>
/// <param name="Id">The number of its row.</param>
/// <param name="Sequence">Its number in the session, from 0; null if an older tool stored it.</param>
/// <param name="Event">As it was stored.</param>
/// <param name="CreatedAt">When it was stored.</param>
public sealed record StoredEvent(long Id, int? Sequence, JsonElement? Event, DateTimeOffset CreatedAt);

/// <summary>One decision of a reviewer.</summary>
/// <param name="Status">The decision.</param>
/// <param name="Reviewer">The reviewer.</param>
/// <param name="Note">The reason.</param>
/// <param name="DecidedAt">The time.</param>
public sealed record StoredDecision(ReviewStatus Status, string Reviewer, string? Note, DateTimeOffset DecidedAt);

/// <summary>A kind of secret found at a place in a session.</summary>
/// <param name="Kind">The kind: <c>email</c>.</param>
/// <param name="Place">The place: <c>task</c>, <c>events[3].payload.data.input</c>.</param>
/// <param name="Times">How often.</param>
/// <param name="TakenOut">Whether it was removed before the record was stored.</param>
public sealed record StoredRedaction(string Kind, string Place, int Times, bool TakenOut);
