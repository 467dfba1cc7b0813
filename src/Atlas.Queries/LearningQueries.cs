using Atlas.Domain;
using System.Collections.Immutable;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries;

/// <summary>Reads the sessions of a key for synthesis and history.</summary>
public sealed class LearningQueries(NpgsqlDataSource dataSource)
{
    private const string Score = "CASE WHEN jsonb_typeof(reward -> 'score') = 'number' THEN (reward ->> 'score')::float8 END";

    // An author with very many sessions can hide those of others only beyond this number.
    private const int MostLookedAt = 2000;

    /// <summary>Returns digests of ended sessions of a key, newest first.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="limit">The largest number of digests.</param>
    /// <param name="exceptQuarantined">Leaves out quarantined sessions.</param>
    /// <param name="onlyApproved">Leaves out sessions that are not approved.</param>
    /// <param name="perAuthor">The largest number per author, as far as authors are known.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<SessionDigest>> RecentDigestsAsync(
        string learningKey, int limit, bool exceptQuarantined = true, bool onlyApproved = false, int perAuthor = int.MaxValue,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        const string Columns = $"id::bigint, task, status, review_status, digest, {Score} AS score, assignment ->> 'task' AS task_identity, assignment ->> 'author' AS author";
        const string Teaching = """
            stored_learning_key = $1 AND digest IS NOT NULL AND status <> 'running'
               AND (NOT $2 OR review_status <> 'quarantined') AND (NOT $3 OR review_status = 'approved')
            """;
        var command = dataSource.CreateCommand(perAuthor == int.MaxValue
            ? $"SELECT {Columns} FROM public.sessions WHERE {Teaching} ORDER BY id DESC LIMIT $4"
            : $"""
              SELECT {Columns} FROM public.sessions WHERE id IN (
                SELECT id FROM (
                  SELECT id, author, row_number() OVER (PARTITION BY author ORDER BY id DESC) AS nth FROM (
                    SELECT id, assignment ->> 'author' AS author FROM public.sessions WHERE {Teaching} ORDER BY id DESC LIMIT $6) newest) ranked
                 WHERE author IS NULL OR nth <= $5
                 ORDER BY id DESC LIMIT $4)
               ORDER BY id DESC
              """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Bool(exceptQuarantined).Bool(onlyApproved).Int(Math.Max(0, limit));
        if (perAuthor != int.MaxValue)
        {
            command.Parameters.Int(perAuthor).Int(MostLookedAt);
        }

        return await command.ListAsync(ReadDigest, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns digests of the given sessions of a key that have one, by number.</summary>
    public async Task<ImmutableArray<SessionDigest>> DigestsOfAsync(
        string learningKey, IReadOnlyCollection<long> sessionIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        ArgumentNullException.ThrowIfNull(sessionIds);
        var command = dataSource.CreateCommand($"""
            SELECT id::bigint, task, status, review_status, digest, {Score} AS score, assignment ->> 'task' AS task_identity, assignment ->> 'author' AS author FROM public.sessions
             WHERE stored_learning_key = $1 AND digest IS NOT NULL AND id = ANY ($2) ORDER BY id
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Longs(sessionIds);
        return await command.ListAsync(ReadDigest, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the teacher's notes in the given sessions, in order.</summary>
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

    /// <summary>Returns the newest rewarded sessions of a key that are not quarantined, newest first.</summary>
    /// <remarks>Figures over all sessions are in the key's state, so there is no need to read them all.</remarks>
    /// <param name="learningKey">The key.</param>
    /// <param name="limit">The largest number of sessions.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
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

    /// <summary>Returns those of the sessions that are quarantined.</summary>
    public async Task<ImmutableArray<long>> QuarantinedOfAsync(IReadOnlyCollection<long> sessionIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sessionIds);
        var command = dataSource.CreateCommand("SELECT id::bigint FROM public.sessions WHERE id = ANY ($1) AND review_status = 'quarantined' ORDER BY id");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Longs(sessionIds);
        return await command.ListAsync(row => row.Long("id"), cancellationToken).ConfigureAwait(false);
    }

    private static SessionDigest ReadDigest(NpgsqlDataReader row) => new(
        row.Long("id"), row.RequiredText("task"), row.Double("score"), row.ReviewStatus("review_status"), row.SessionStatus("status"),
        row.Json("digest") ?? default)
    {
        TaskIdentity = row.Text("task_identity"),
        Author = row.Text("author"),
    };
}
