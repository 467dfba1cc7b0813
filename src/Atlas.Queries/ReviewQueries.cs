using Atlas.Domain;
using System.Collections.Immutable;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries;

/// <summary>Reads sessions for reviewers.</summary>
public sealed class ReviewQueries(NpgsqlDataSource dataSource)
{
    private const string Columns = """
        s.id::bigint AS id, s.task, s.stored_learning_key AS learning_key, s.status, s.review_status, s.created_at,
        CASE WHEN jsonb_typeof(s.reward -> 'score') = 'number' THEN (s.reward ->> 'score')::float8 END AS score,
        coalesce(s.metadata #>> '{drift,alert}' = 'true', false) AS drift_alert,
        CASE WHEN s.metadata #>> '{drift,alert}' = 'true' THEN s.metadata #>> '{drift,message}' END AS drift_message,
        s.metadata #>> '{review,require_approval}' AS approval_required
        """;

    /// <summary>Returns ended sessions that pass a filter, oldest first.</summary>
    public async Task<ImmutableArray<ReviewItem>> ListAsync(ReviewFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var command = dataSource.CreateCommand($"""
            SELECT {Columns} FROM public.sessions s
             WHERE s.status <> 'running' AND ($1 IS NULL OR s.stored_learning_key = $1) AND ($2 IS NULL OR s.review_status = $2)
               AND ($3 IS NULL OR starts_with(s.stored_learning_key, $3))
               AND ($4 IS NULL OR s.stored_learning_key IS NULL OR NOT starts_with(s.stored_learning_key, $4))
               AND ($5 IS NULL OR coalesce(s.metadata #>> '{"{drift,alert}"}' = 'true', false) = $5)
               AND ($6 IS NULL OR CASE WHEN jsonb_typeof(s.reward -> 'score') = 'number' THEN (s.reward ->> 'score')::float8 >= $6 ELSE false END)
               AND ($7 IS NULL OR CASE WHEN jsonb_typeof(s.reward -> 'score') = 'number' THEN (s.reward ->> 'score')::float8 <= $7 ELSE false END)
               AND ($8 IS NULL OR s.id > $8)
             ORDER BY s.id LIMIT $9
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(filter.LearningKey).Text(filter.ReviewStatus?.ToWire()).Text(filter.KeyPrefix).Text(filter.ExceptKeyPrefix)
            .Bool(filter.DriftAlert).Double(filter.MinScore).Double(filter.MaxScore).Long(filter.AfterId).Int(Math.Max(0, filter.Limit));
        return await command.ListAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the sessions with these numbers that exist, ordered by number.</summary>
    public async Task<ImmutableArray<ReviewItem>> FindAsync(
        ImmutableArray<long> sessionIds, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand($"SELECT {Columns} FROM public.sessions s WHERE s.id = ANY ($1) ORDER BY s.id");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Longs(sessionIds);
        return await command.ListAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns ended sessions with one review status, oldest first, with the results of drift detection.</summary>
    /// <param name="learningKey">Only sessions of this key; null for all.</param>
    /// <param name="reviewStatus">The status.</param>
    /// <param name="offset">How many sessions to skip.</param>
    /// <param name="limit">The largest number of sessions.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<ReviewSheetItem>> SheetAsync(
        string? learningKey, string reviewStatus, int offset, int limit, CancellationToken cancellationToken = default)
    {
        // Statistics and audit have their own columns; older tools left them in the metadata. Anything that is not a number counts as
        // missing.
        var command = dataSource.CreateCommand("""
            SELECT s.id::bigint AS id, s.task, s.stored_learning_key AS learning_key, s.review_status, s.review_notes, s.created_at,
                   coalesce(coalesce(s.metadata ->> 'drift_alert', d.drift ->> 'drift_alert', d.drift ->> 'alert') = 'true', false) AS drift_alert,
                   coalesce(d.drift ->> 'message', d.drift ->> 'reason') AS drift_reason,
                   CASE WHEN jsonb_typeof(d.drift -> 'score_delta') = 'number' THEN (d.drift ->> 'score_delta')::float8 END AS score_delta,
                   CASE WHEN jsonb_typeof(d.drift -> 'uncertainty_delta') = 'number' THEN (d.drift ->> 'uncertainty_delta')::float8 END AS uncertainty_delta,
                   coalesce(CASE WHEN jsonb_typeof(d.stats -> 'score_mean') = 'number' THEN (d.stats ->> 'score_mean')::float8 END,
                            CASE WHEN jsonb_typeof(d.stats -> 'score') = 'number' THEN (d.stats ->> 'score')::float8 END,
                            CASE WHEN jsonb_typeof(s.reward -> 'score') = 'number' THEN (s.reward ->> 'score')::float8 END) AS reward,
                   CASE WHEN jsonb_typeof(d.stats -> 'score_stddev') = 'number' THEN (d.stats ->> 'score_stddev')::float8 END AS reward_stddev,
                   CASE WHEN jsonb_typeof(d.stats -> 'sample_count') = 'number' THEN (d.stats ->> 'sample_count')::float8::integer END AS samples,
                   CASE WHEN jsonb_typeof(d.audit) = 'array' THEN jsonb_array_length(d.audit) ELSE 0 END AS audit_entries
              FROM public.sessions s
              CROSS JOIN LATERAL (SELECT s.metadata -> 'drift' AS drift,
                                         coalesce(s.reward_stats, s.metadata -> 'reward_stats') AS stats,
                                         coalesce(s.reward_audit, s.metadata -> 'reward_audit') AS audit) d
             WHERE s.status <> 'running' AND s.review_status = $2 AND ($1 IS NULL OR s.stored_learning_key = $1)
             ORDER BY s.id OFFSET $3 LIMIT $4
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Text(reviewStatus).Int(Math.Max(0, offset)).Int(Math.Max(0, limit));
        return await command.ListAsync(
            row => new ReviewSheetItem
            {
                Id = row.Long("id"),
                Task = row.RequiredText("task"),
                LearningKey = row.Text("learning_key"),
                ReviewStatus = row.ReviewStatus("review_status"),
                ReviewNotes = row.Text("review_notes"),
                CreatedAt = row.Time("created_at"),
                DriftAlert = row.Flag("drift_alert"),
                DriftReason = row.Text("drift_reason"),
                ScoreDelta = row.Double("score_delta"),
                UncertaintyDelta = row.Double("uncertainty_delta"),
                Reward = row.Double("reward"),
                RewardStddev = row.Double("reward_stddev"),
                Samples = row.Int("samples"),
                AuditEntries = row.Int("audit_entries") ?? 0,
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static ReviewItem Read(NpgsqlDataReader row) => new()
    {
        Id = row.Long("id"),
        Task = row.RequiredText("task"),
        LearningKey = row.Text("learning_key"),
        Status = row.SessionStatus("status"),
        ReviewStatus = row.ReviewStatus("review_status"),
        Score = row.Double("score"),
        DriftAlert = row.Flag("drift_alert"),
        DriftMessage = row.Text("drift_message"),
        ApprovalRequired = row.Text("approval_required") switch { "true" => true, "false" => false, _ => null },
        CreatedAt = row.Time("created_at"),
    };
}
