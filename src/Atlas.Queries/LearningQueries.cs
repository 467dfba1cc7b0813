using Atlas.Domain;
using System.Collections.Immutable;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries;

/// <summary>Reads the sessions of a key for those who learn from them.</summary>
public sealed class LearningQueries(NpgsqlDataSource dataSource)
{
    private const string Score = "CASE WHEN jsonb_typeof(reward -> 'score') = 'number' THEN (reward ->> 'score')::float8 END";

    /// <summary>Digests of ended sessions of a key, the newest first.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="exceptQuarantined">Leaves out sessions that a reviewer put aside.</param>
    /// <param name="onlyApproved">Leaves out sessions that no reviewer approved.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<ImmutableArray<SessionDigest>> RecentDigestsAsync(
        string learningKey, int limit, bool exceptQuarantined = true, bool onlyApproved = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        var command = dataSource.CreateCommand($"""
            SELECT id::bigint, task, status, review_status, digest, {Score} AS score, assignment ->> 'task' AS task_identity FROM public.sessions
             WHERE stored_learning_key = $1 AND digest IS NOT NULL AND status <> 'running'
               AND (NOT $2 OR review_status <> 'quarantined') AND (NOT $3 OR review_status = 'approved')
             ORDER BY id DESC LIMIT $4
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Bool(exceptQuarantined).Bool(onlyApproved).Int(Math.Max(0, limit));
        return await command.ListAsync(ReadDigest, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Digests of the named sessions of a key that have one, by number.</summary>
    public async Task<ImmutableArray<SessionDigest>> DigestsOfAsync(
        string learningKey, IReadOnlyCollection<long> sessionIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        ArgumentNullException.ThrowIfNull(sessionIds);
        var command = dataSource.CreateCommand($"""
            SELECT id::bigint, task, status, review_status, digest, {Score} AS score, assignment ->> 'task' AS task_identity FROM public.sessions
             WHERE stored_learning_key = $1 AND digest IS NOT NULL AND id = ANY ($2) ORDER BY id
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Longs(sessionIds);
        return await command.ListAsync(ReadDigest, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the teacher said in the named sessions, in order.</summary>
    public async Task<ImmutableArray<string>> GuidanceOfAsync(
        IReadOnlyCollection<long> sessionIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sessionIds);
        var command = dataSource.CreateCommand("""
            SELECT note FROM public.guidance_notes WHERE session_id = ANY ($1) ORDER BY session_id, step_id, sequence
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Longs(sessionIds);
        return await command.ListAsync(row => row.RequiredText("note"), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The newest rewarded sessions of a key that no reviewer put aside, the newest first.</summary>
    /// <remarks>Figures over all of them are in the key's state, so that nobody has to read them all.</remarks>
    /// <param name="learningKey">The key.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<ImmutableArray<LearningHistoryRow>> NewestRewardedAsync(
        string learningKey, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        var command = dataSource.CreateCommand("""
            SELECT id::bigint, reward, student_learning, teacher_learning, created_at, completed_at
              FROM public.sessions
             WHERE stored_learning_key = $1 AND reward IS NOT NULL AND review_status <> 'quarantined'
             ORDER BY id DESC LIMIT $2
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Int(Math.Max(0, limit));
        return await command.ListAsync(
            row => new LearningHistoryRow(
                row.Long("id"), row.Json("reward"), row.Text("student_learning"), row.Text("teacher_learning"),
                row.Time("created_at"), row.TimeOrNull("completed_at")),
            cancellationToken).ConfigureAwait(false);
    }

    private static SessionDigest ReadDigest(NpgsqlDataReader row) => new(
        row.Long("id"), row.RequiredText("task"), row.Double("score"), row.ReviewStatus("review_status"), row.SessionStatus("status"),
        row.Json("digest") ?? default)
    {
        TaskIdentity = row.Text("task_identity"),
    };
}
