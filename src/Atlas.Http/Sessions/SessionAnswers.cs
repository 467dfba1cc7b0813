using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Http.Access;
using Atlas.Queries;

namespace Atlas.Http.Sessions;

/// <summary>An opened session.</summary>
/// <param name="SessionId">Its number.</param>
/// <param name="LearningKey">The key it learns from and may teach.</param>
/// <param name="Status"><c>running</c>, or how the earlier session with this external id ended.</param>
/// <param name="NextSequence">Number of its next event.</param>
/// <param name="Digest">Digest of the playbook: the <c>ETag</c> under which it can be asked for.</param>
/// <param name="Playbook">What it is given.</param>
internal sealed record StartAnswer(
    long SessionId, string LearningKey, SessionStatus Status, int NextSequence, string Digest, ResolvedPlaybook Playbook);

/// <summary>Events that were stored.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="FirstSequence">Number of the first one.</param>
/// <param name="NextSequence">Number of the next event.</param>
internal sealed record EventsAnswer(long SessionId, int FirstSequence, int NextSequence);

/// <summary>Something was recorded.</summary>
/// <param name="SessionId">The session.</param>
internal sealed record RecordedAnswer(long SessionId);

/// <summary>One line of a list of sessions.</summary>
internal record SessionItem
{
    public required long Id { get; init; }

    public required string Task { get; init; }

    public string? LearningKey { get; init; }

    public required SessionStatus Status { get; init; }

    public required ReviewStatus ReviewStatus { get; init; }

    /// <summary>The reward's score, 0 to 1; null if there is none.</summary>
    public double? Score { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public string? ExternalId { get; init; }

    public int? PlaybookVersion { get; init; }

    public string? PlaybookSha256 { get; init; }

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

/// <summary>One session with what was recorded of it; its events are pages of their own.</summary>
internal sealed record SessionAnswer : SessionItem
{
    [SetsRequiredMembers]
    private SessionAnswer(SessionItem session)
        : base(session)
    {
    }

    public string? FinalAnswer { get; init; }

    public JsonElement? Reward { get; init; }

    public JsonElement? Given { get; init; }

    public JsonElement? Metadata { get; init; }

    public JsonElement? Plan { get; init; }

    public ImmutableArray<StepDetail> Steps { get; init; } = [];

    public string? StudentNote { get; init; }

    public string? TeacherNote { get; init; }

    public string? ReviewNotes { get; init; }

    public string? ReviewedBy { get; init; }

    public DateTimeOffset? ReviewedAt { get; init; }

    public ImmutableArray<StoredDecision> Decisions { get; init; } = [];

    /// <summary><c>off</c>, <c>pending</c>, <c>judged</c> or <c>failed</c>.</summary>
    public string Judging { get; init; } = "off";

    public int? LeaseSeconds { get; init; }

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

/// <summary>A page of sessions, the newest first.</summary>
/// <param name="Sessions">The sessions.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last one.</param>
internal sealed record SessionPage(ImmutableArray<SessionItem> Sessions, string? NextCursor);

/// <summary>A page of events in their order.</summary>
/// <param name="Events">The events.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last one.</param>
internal sealed record EventPage(ImmutableArray<StoredEvent> Events, string? NextCursor);
