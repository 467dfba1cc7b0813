using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;
using Atlas.Learning.Redaction;
using Atlas.Learning.Sessions;
using Atlas.Storage.Events;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Sessions;

/// <summary>Writes the records of sessions. Every call is committed when it returns, and can be repeated without effect.</summary>
/// <remarks>Text and JSON are cleaned of what PostgreSQL refuses (U+0000, lone surrogates, numbers that are not finite). JSON of the wrong
/// kind causes an <see cref="InvalidRecordException"/>, a session that does not exist an <see cref="UnknownSessionException"/>.</remarks>
public sealed class SessionStore
{
    private readonly EventAppender _appender;
    private readonly SessionStarter _starter;
    private readonly PlanWriter _plans;
    private readonly SessionRecordWriter _records;
    private readonly SessionCompleter _completer;
    private readonly SessionReviewer _reviewer;
    private readonly SessionLoader _loader;
    private readonly SessionJudger _judger;
    private readonly SessionRewarder _rewarder;
    private readonly SessionLeases _leases;
    private readonly SessionRedactions _redactions;
    private readonly SessionNumbering _numbering;

    /// <param name="dataSource">The database; not disposed here.</param>
    /// <param name="appender">Batches the events of all sessions; one per process, not disposed here.</param>
    public SessionStore(NpgsqlDataSource dataSource, EventAppender appender)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        ArgumentNullException.ThrowIfNull(appender);
        _appender = appender;
        _starter = new SessionStarter(dataSource);
        _plans = new PlanWriter(dataSource);
        _records = new SessionRecordWriter(dataSource);
        _completer = new SessionCompleter(dataSource);
        _reviewer = new SessionReviewer(dataSource);
        _loader = new SessionLoader(dataSource);
        _judger = new SessionJudger(dataSource);
        _rewarder = new SessionRewarder(dataSource);
        _leases = new SessionLeases(dataSource);
        _redactions = new SessionRedactions(dataSource);
        _numbering = new SessionNumbering(dataSource);
    }

    /// <summary>Stores a session, or finds the one with the same external id.</summary>
    public Task<StartedSession> StartAsync(NewSession session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return _starter.StartAsync(session, cancellationToken);
    }

    /// <summary>Records what was found in a message of a session; a repeated place is overwritten.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="findings">Kinds and places.</param>
    /// <param name="takenOut">Whether it was removed.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task NoteFindingsAsync(
        long sessionId, ImmutableArray<Finding> findings, bool takenOut, CancellationToken cancellationToken = default) =>
        _redactions.NoteAsync(sessionId, findings, takenOut, cancellationToken);

    /// <inheritdoc cref="EventAppender.AppendAsync"/>
    public Task AppendEventsAsync(
        long sessionId, int firstSequence, IReadOnlyList<JsonElement> events, CancellationToken cancellationToken = default) =>
        _appender.AppendAsync(sessionId, firstSequence, events, cancellationToken);

    /// <summary>Returns how far the events of a session are numbered: the number of the next one, and the one below which the database has
    /// reserved numbers.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<(int Next, int Reserved)> EventNumbersAsync(long sessionId, CancellationToken cancellationToken = default) =>
        _numbering.ReadAsync(sessionId, cancellationToken);

    /// <summary>Stores the plan, replacing an earlier one.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task SavePlanAsync(long sessionId, SessionPlan plan, CancellationToken cancellationToken = default) =>
        _plans.SavePlanAsync(sessionId, plan, cancellationToken);

    /// <summary>Stores a step with its attempts and guidance, replacing what was stored for it.</summary>
    public Task SaveStepAsync(long sessionId, StepRecord step, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return _plans.SaveStepAsync(sessionId, step, cancellationToken);
    }

    /// <summary>Appends a note of the teacher to a step; repeating the same note changes nothing.</summary>
    public Task AddGuidanceAsync(long sessionId, int stepId, string note, CancellationToken cancellationToken = default) =>
        _records.AddGuidanceAsync(sessionId, stepId, note, cancellationToken);

    /// <summary>Stores which entries were hit and adopted as <c>metadata.learning_usage</c>, replacing what was there.</summary>
    public Task SaveUsageAsync(long sessionId, UsageSnapshot usage, CancellationToken cancellationToken = default) =>
        _records.SaveUsageAsync(sessionId, usage, cancellationToken);

    /// <summary>Stores a synthesizer's notes on one session; null keeps an existing note.</summary>
    public Task SaveNotesAsync(long sessionId, string? student, string? teacher, CancellationToken cancellationToken = default) =>
        _records.SaveNotesAsync(sessionId, student, teacher, cancellationToken);

    /// <summary>Ends a running session; for one that has already ended, returns how.</summary>
    public Task<SessionEnd> CompleteAsync(SessionCompletionRow completion, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(completion);
        return _completer.CompleteAsync(completion, cancellationToken);
    }

    /// <summary>Settles the judging of a session: reward, review and the message to the learning key.</summary>
    /// <returns>Null if it was already settled, or if no judge was ever asked for; nothing is written then.</returns>
    public Task<SessionEnd?> SettleJudgingAsync(SessionJudgementRow judgement, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        return _judger.SettleAsync(judgement, cancellationToken);
    }

    /// <summary>Gives a reward to a session that ended without one, and queues it for the learning key.</summary>
    /// <param name="judgement">Reward, review status and the message to the learning key.</param>
    /// <param name="review">A person's decision that the key must be told again after the reward; null for none.</param>
    /// <param name="cancellationToken">Cancels before anything is stored.</param>
    /// <returns>Null if it is running, or has a reward; nothing is written then.</returns>
    public Task<SessionEnd?> RewardAsync(SessionJudgementRow judgement, ReviewDecision? review, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        return _rewarder.RewardAsync(judgement, review, cancellationToken);
    }

    /// <summary>Extends the lease of a session.</summary>
    public Task RenewLeaseAsync(long sessionId, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        _leases.RenewAsync(sessionId, until, cancellationToken);

    /// <summary>Returns running sessions whose lease has run out, longest silent first.</summary>
    public Task<ImmutableArray<long>> LapsedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        _leases.LapsedAsync(now, limit, cancellationToken);

    /// <summary>Stores a reviewer's decision and, if the session has ended, queues it for the learning key.</summary>
    public Task<StoredReview> ReviewAsync(SessionReviewRow review, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(review);
        return _reviewer.ReviewAsync(review, cancellationToken);
    }

    /// <summary>Returns what the owner of a session must know; null if the session does not exist.</summary>
    public Task<StoredSession?> LoadForGrainAsync(long sessionId, CancellationToken cancellationToken = default) =>
        _loader.LoadAsync(sessionId, cancellationToken);
}
