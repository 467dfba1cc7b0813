using System.Collections.Immutable;
using Atlas.Storage.Events;
using Npgsql;

namespace Atlas.Storage.Sessions;

/// <summary>Writes the records of sessions. Every call is committed when it returns, and may be repeated without effect.</summary>
/// <remarks>Text and JSON are cleaned of what PostgreSQL refuses (U+0000, lone surrogates, numbers that are not finite).
/// JSON that is none is an <see cref="ArgumentException"/>, a session that does not exist an
/// <see cref="UnknownSessionException"/>.</remarks>
public sealed class SessionStore
{
    private readonly EventAppender appender;
    private readonly SessionStarter starter;
    private readonly SessionRecordWriter records;
    private readonly SessionCompleter completer;
    private readonly SessionReviewer reviewer;
    private readonly SessionLoader loader;
    private readonly SessionJudger judger;
    private readonly SessionLeases leases;

    /// <param name="dataSource">The database; not disposed here.</param>
    /// <param name="appender">Gathers the events of all sessions; one per process, not disposed here.</param>
    public SessionStore(NpgsqlDataSource dataSource, EventAppender appender)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        ArgumentNullException.ThrowIfNull(appender);
        this.appender = appender;
        starter = new SessionStarter(dataSource);
        records = new SessionRecordWriter(dataSource);
        completer = new SessionCompleter(dataSource);
        reviewer = new SessionReviewer(dataSource);
        loader = new SessionLoader(dataSource);
        judger = new SessionJudger(dataSource);
        leases = new SessionLeases(dataSource);
    }

    /// <summary>Stores a session, or finds the one with the same external id.</summary>
    public Task<StartedSession> StartAsync(NewSession session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return starter.StartAsync(session, cancellationToken);
    }

    /// <inheritdoc cref="EventAppender.AppendAsync"/>
    public Task AppendEventsAsync(
        long sessionId, int firstSequence, IReadOnlyList<string> eventsJson, CancellationToken cancellationToken = default) =>
        appender.AppendAsync(sessionId, firstSequence, eventsJson, cancellationToken);

    /// <summary>Stores the plan, replacing an earlier one.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="planJson">A JSON object of the form <c>plans.plan</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task SavePlanAsync(long sessionId, string planJson, CancellationToken cancellationToken = default) =>
        records.SavePlanAsync(sessionId, planJson, cancellationToken);

    /// <summary>Stores a step with its attempts and guidance, replacing what was stored of it.</summary>
    public Task SaveStepAsync(long sessionId, SessionStepRow step, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return records.SaveStepAsync(sessionId, step, cancellationToken);
    }

    /// <summary>Adds a note of the teacher to a step, after those that are there; the same note again changes nothing.</summary>
    public Task AddGuidanceAsync(long sessionId, int stepId, string note, CancellationToken cancellationToken = default) =>
        records.AddGuidanceAsync(sessionId, stepId, note, cancellationToken);

    /// <summary>Stores which entries fired and were adopted as <c>metadata.learning_usage</c>, replacing what was there.</summary>
    public Task SaveUsageAsync(long sessionId, string usageJson, CancellationToken cancellationToken = default) =>
        records.SaveUsageAsync(sessionId, usageJson, cancellationToken);

    /// <summary>Stores what a synthesizer noted on one session; null keeps the note that is there.</summary>
    public Task SaveNotesAsync(long sessionId, string? student, string? teacher, CancellationToken cancellationToken = default) =>
        records.SaveNotesAsync(sessionId, student, teacher, cancellationToken);

    /// <summary>Ends a running session; of one that has ended it returns how.</summary>
    public Task<SessionEnd> CompleteAsync(SessionCompletionRow completion, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(completion);
        return completer.CompleteAsync(completion, cancellationToken);
    }

    /// <summary>Settles the judging of a session: reward, review and what the learning key is told.</summary>
    /// <returns>Null if it was settled before, or if no judge was ever asked for; nothing is written then.</returns>
    public Task<SessionEnd?> SettleJudgingAsync(SessionJudgementRow judgement, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        return judger.SettleAsync(judgement, cancellationToken);
    }

    /// <summary>Puts off the time at which a silent session is closed.</summary>
    public Task RenewLeaseAsync(long sessionId, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        leases.RenewAsync(sessionId, until, cancellationToken);

    /// <summary>Running sessions whose lease has run out, the longest silent first.</summary>
    public Task<ImmutableArray<long>> LapsedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        leases.LapsedAsync(now, limit, cancellationToken);

    /// <summary>Stores a reviewer's decision and, if the session has ended, queues it for the learning key.</summary>
    public Task<SessionReviewed> ReviewAsync(SessionReviewRow review, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(review);
        return reviewer.ReviewAsync(review, cancellationToken);
    }

    /// <summary>What the owner of a session has to know of it; null if there is no such session.</summary>
    public Task<StoredSession?> LoadForGrainAsync(long sessionId, CancellationToken cancellationToken = default) =>
        loader.LoadAsync(sessionId, cancellationToken);
}
