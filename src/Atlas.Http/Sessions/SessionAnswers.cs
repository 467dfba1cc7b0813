using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Http.Access;
using Atlas.Queries;

namespace Atlas.Http.Sessions;

/// <summary>A started session.</summary>
/// <param name="SessionId">The number of the session.</param>
/// <param name="LearningKey">The learning key that the session learns from and can teach.</param>
/// <param name="Status"><c>running</c>, or how the earlier session with this external id ended.</param>
/// <param name="NextSequence">The number of the next event.</param>
/// <param name="Digest">The digest of the playbook: its SHA-256, in 64 hex digits, which is also its <c>ETag</c>.</param>
/// <param name="Playbook">The playbook of this session.</param>
internal sealed record StartAnswer(
    long SessionId, string LearningKey, SessionStatus Status, int NextSequence, string Digest, ResolvedPlaybook Playbook);

/// <summary>Events that were stored.</summary>
/// <param name="SessionId">The number of the session.</param>
/// <param name="FirstSequence">The number of the first stored event.</param>
/// <param name="NextSequence">The number of the next event.</param>
internal sealed record EventsAnswer(long SessionId, int FirstSequence, int NextSequence);

/// <summary>The record was stored.</summary>
/// <param name="SessionId">The number of the session.</param>
internal sealed record RecordedAnswer(long SessionId);

/// <summary>A session in a list.</summary>
internal record SessionItem
{
    /// <summary>The number of the session.</summary>
    public required long Id { get; init; }

    /// <summary>The task.</summary>
    public required string Task { get; init; }

    /// <summary>The learning key; null if the session has none.</summary>
    public string? LearningKey { get; init; }

    /// <summary>Whether the session is running, or how it ended.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>Whether the session may teach: <c>pending</c>, <c>approved</c> or <c>quarantined</c>.</summary>
    public required ReviewStatus ReviewStatus { get; init; }

    /// <summary>The score of the reward, from 0 to 1; null if there is no reward.</summary>
    public double? Score { get; init; }

    /// <summary>When the session started.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the session ended; null while it is running.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The external id: your own, or the one that Atlas made for the request that started the session; null if there is none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The version of the playbook that the session got.</summary>
    public int? PlaybookVersion { get; init; }

    /// <summary>The SHA-256 of the student's text that the session got.</summary>
    public string? PlaybookSha256 { get; init; }

    /// <summary>The number of stored events.</summary>
    public long EventCount { get; init; }

    public static SessionItem Of(SessionSummary session, Caller caller) => new()
    {
        Id = session.Id,
        Task = session.Task,
        LearningKey = session.LearningKey is { } key ? caller.Show(key) : null,
        Status = session.Status,
        ReviewStatus = session.ReviewStatus,
        Score = session.Reward,
        CreatedAt = session.CreatedAt,
        CompletedAt = session.CompletedAt,
        ExternalId = caller.ShowExternal(session.ExternalId),
        PlaybookVersion = session.PlaybookVersion,
        PlaybookSha256 = session.PlaybookSha256,
        EventCount = session.EventCount,
    };
}

/// <summary>A session with everything recorded about it, except its events, which are listed separately.</summary>
internal sealed record SessionAnswer : SessionItem
{
    [SetsRequiredMembers]
    private SessionAnswer(SessionItem session)
        : base(session)
    {
    }

    /// <summary>The final answer of the agent; null if there is none.</summary>
    public string? FinalAnswer { get; init; }

    /// <summary>The reward, an object; null if there is none.</summary>
    public JsonElement? Reward { get; init; }

    /// <summary>The entries of the playbook that the session got, an object; null if nothing was put into its prompts.</summary>
    public JsonElement? Given { get; init; }

    /// <summary>The metadata of the session, an object.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>The plan, an object; null if none was recorded.</summary>
    public JsonElement? Plan { get; init; }

    /// <summary>The recorded steps.</summary>
    public ImmutableArray<StepDetail> Steps { get; init; } = [];

    /// <summary>What the student should remember of this session.</summary>
    public string? StudentNote { get; init; }

    /// <summary>What the teacher should remember of this session.</summary>
    public string? TeacherNote { get; init; }

    /// <summary>The newest note of a review; null if there is none.</summary>
    public string? ReviewNotes { get; init; }

    /// <summary>Who made the newest review; null if there is none.</summary>
    public string? ReviewedBy { get; init; }

    /// <summary>When the newest review was made; null if there is none.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>All reviews, oldest first.</summary>
    public ImmutableArray<StoredDecision> Decisions { get; init; } = [];

    /// <summary>The status of the judging: <c>off</c>, <c>pending</c>, <c>judged</c> or <c>failed</c>.</summary>
    public string Judging { get; init; } = "off";

    /// <summary>The seconds of inactivity after which the running session is closed as failed; null or 0 for never.</summary>
    public int? LeaseSeconds { get; init; }

    /// <summary>When the session is closed as failed unless there is activity; null for never.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    public static SessionAnswer Of(SessionDetail session, Caller caller) => new(SessionItem.Of(session.Summary, caller))
    {
        FinalAnswer = session.FinalAnswer,
        Reward = session.Reward,
        Given = session.Given,
        Metadata = session.Metadata,
        Plan = session.Plan,
        Steps = session.Steps,
        StudentNote = session.StudentLearning,
        TeacherNote = session.TeacherLearning,
        ReviewNotes = session.ReviewNotes,
        ReviewedBy = session.ReviewedBy,
        ReviewedAt = session.ReviewedAt,
        Decisions = session.Decisions,
        Judging = session.Judging?.State.ToWire() ?? "off",
        LeaseSeconds = session.LeaseSeconds,
        LeaseUntil = session.LeaseUntil,
    };
}

/// <summary>A page of sessions, newest first.</summary>
/// <param name="Sessions">The sessions.</param>
/// <param name="NextCursor">The <c>cursor</c> of the next page; null on the last page.</param>
internal sealed record SessionPage(ImmutableArray<SessionItem> Sessions, string? NextCursor);

/// <summary>A page of events, in order.</summary>
/// <param name="Events">The events.</param>
/// <param name="NextCursor">The <c>cursor</c> of the next page; null on the last page.</param>
internal sealed record EventPage(ImmutableArray<StoredEvent> Events, string? NextCursor);
