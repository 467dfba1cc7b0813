using System.Collections.Immutable;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Queries;

/// <summary>Reads sessions for those who review them.</summary>
public sealed class ReviewQueries(NpgsqlDataSource dataSource)
{
    private const string Columns = """
        s.id::bigint AS id, s.task, s.learning_key, s.status, s.review_status, s.created_at,
        CASE WHEN jsonb_typeof(s.reward -> 'score') = 'number' THEN (s.reward ->> 'score')::float8 END AS score,
        coalesce(s.metadata #>> '{drift,alert}' = 'true', false) AS drift_alert,
        CASE WHEN s.metadata #>> '{drift,alert}' = 'true' THEN s.metadata #>> '{drift,message}' END AS drift_message,
        s.metadata #>> '{review,require_approval}' AS approval_required
        """;

    /// <summary>Sessions that have ended, the oldest first: the order in which they came up for review.</summary>
    /// <param name="learningKey">Only sessions of this key; null for all.</param>
    /// <param name="reviewStatus">Only sessions of this review status; null for all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<ImmutableArray<ReviewItem>> ListAsync(
        string? learningKey, string? reviewStatus, int limit, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand($"""
            SELECT {Columns} FROM public.sessions s
             WHERE s.status <> 'running' AND ($1 IS NULL OR s.learning_key = $1) AND ($2 IS NULL OR s.review_status = $2)
             ORDER BY s.id LIMIT $3
            """);
        command.Parameters.Text(learningKey).Text(reviewStatus).Int(Math.Max(0, limit));
        return await command.ListAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The sessions of these numbers that there are, in the order of the numbers.</summary>
    public async Task<ImmutableArray<ReviewItem>> FindAsync(
        ImmutableArray<long> sessionIds, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand($"SELECT {Columns} FROM public.sessions s WHERE s.id = ANY ($1) ORDER BY s.id");
        command.Parameters.Longs(sessionIds);
        return await command.ListAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    private static ReviewItem Read(NpgsqlDataReader row) => new()
    {
        Id = row.Long("id"),
        Task = row.RequiredText("task"),
        LearningKey = row.Text("learning_key"),
        Status = row.RequiredText("status"),
        ReviewStatus = row.RequiredText("review_status"),
        Score = row.Double("score"),
        DriftAlert = row.Flag("drift_alert"),
        DriftMessage = row.Text("drift_message"),
        ApprovalRequired = row.Text("approval_required") switch { "true" => true, "false" => false, _ => null },
        CreatedAt = row.Time("created_at"),
    };
}
