using Atlas.Domain;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Atlas.Learning.Reports;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries.Reports;

/// <summary>Reads the data for reports.</summary>
public sealed class ReportQueries(NpgsqlDataSource dataSource)
{
    /// <summary>The number of sessions per statement, so that none runs long, however many sessions a key has.</summary>
    private const int PageSize = 2000;

    /// <summary>Returns learning keys by number of sessions, then newest first.</summary>
    /// <param name="filter">Selects the sessions that count.</param>
    /// <param name="limit">The largest number of keys; null for all.</param>
    /// <param name="learningKey">Only this key; null for all.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<LearningKeyActivity>> KeysAsync(
        ReportFilter filter, int? limit, string? learningKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var command = dataSource.CreateCommand(ReportSql.Keys);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.AddFilter(learningKey, filter).Int(limit);
        return await command.ListAsync(
            row => new LearningKeyActivity(row.RequiredText("learning_key"), row.Long("session_count"), row.Time("first_seen"), row.Time("last_seen")),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the sessions of a key in the order in which they began. Reads in pages, so that memory does not grow with their
    /// number.</summary>
    public async IAsyncEnumerable<SessionFacts> SessionsAsync(
        ReportSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selection);
        var first = await BoundaryAsync(selection, cancellationToken).ConfigureAwait(false);
        SessionFacts? last = null;
        ImmutableArray<SessionFacts> page;
        do
        {
            page = await PageAsync(selection, first, last, cancellationToken).ConfigureAwait(false);
            foreach (var session in page)
            {
                yield return last = session;
            }
        }
        while (page.Length == PageSize);
    }

    /// <summary>Returns the newest discovery runs that tried a task of the key's sessions, newest first.</summary>
    public async Task<ImmutableArray<DiscoveryRunSummary>> DiscoveriesAsync(
        ReportSelection selection, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selection);
        var command = dataSource.CreateCommand(ReportSql.Discoveries);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.AddFilter(selection.LearningKey, selection.Filter).Int(Math.Max(0, limit));
        return await command.ListAsync(
            row => new DiscoveryRunSummary(row.Long("id"), row.Text("task"), row.RequiredText("source"), row.Time("created_at")),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the learning state in the newest session, as the original implementation stored it there; null for none.</summary>
    public async Task<JsonElement?> LastLearningStateAsync(string learningKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        var command = dataSource.CreateCommand(ReportSql.LastState);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey);
        var found = await command.ListAsync(row => row.Json("state"), cancellationToken).ConfigureAwait(false);
        return found.IsEmpty ? null : found[0];
    }

    private async Task<(DateTimeOffset At, long Id)?> BoundaryAsync(ReportSelection selection, CancellationToken cancellationToken)
    {
        if (selection.NewestSessions is not { } newest)
        {
            return null;
        }

        var command = dataSource.CreateCommand(ReportSql.Boundary);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.AddFilter(selection.LearningKey, selection.Filter).Int(Math.Max(1, newest) - 1);
        var found = await command.ListAsync(row => (row.Time("created_at"), row.Long("id")), cancellationToken).ConfigureAwait(false);
        return found.IsEmpty ? null : found[0];
    }

    private async Task<ImmutableArray<SessionFacts>> PageAsync(
        ReportSelection selection, (DateTimeOffset At, long Id)? first, SessionFacts? last, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand(ReportSql.Page);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.AddFilter(selection.LearningKey, selection.Filter)
            .Time(first?.At).Long(first?.Id).Time(last?.CreatedAt).Long(last?.Id)
            .Bool(selection.CountAudits).Int(selection.MostEvents)
            .AddArm(selection.Control).AddArm(selection.Treatment).Int(PageSize)
            .AddConditions(selection.ArmsWhere);
        return await command.ListAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    private static SessionFacts Read(NpgsqlDataReader row)
    {
        var stats = row.Json("reward_stats");
        var reward = row.Json("reward");
        var facts = new SessionFacts
        {
            Id = row.Long("id"),
            CreatedAt = row.Time("created_at"),
            Status = row.SessionStatus("status"),
            ReviewStatus = row.ReviewStatus("review_status"),
            TaskHash = row.Long("task_hash"),
            Score = SessionColumns.Score(stats, reward),
            Uncertainty = SessionColumns.Uncertainty(stats, reward),
            AuditCount = row.Int("audits"),
            StudentLearning = row.Text("student_learning"),
            TeacherLearning = row.Text("teacher_learning"),
            Events = row.Long("events"),
            PlaybookVersion = row.Int("playbook_version"),
            HadPlaybook = row.Flag("had_playbook"),
            IsRecorded = row.Flag("recorded"),
            Seconds = row.Double("seconds") is >= 0 and var seconds ? seconds : null,
            FitsControl = row.Flag("fits_control"),
            FitsTreatment = row.Flag("fits_treatment"),
        };
        return SessionColumns.WithMetadata(facts, row.Json("facts"));
    }
}
