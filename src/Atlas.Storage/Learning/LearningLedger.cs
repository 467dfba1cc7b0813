using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Learning.Json;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Learning;

/// <summary>Which sessions a learning key has counted, and which still wait for it.</summary>
/// <remarks>What the key writes settles itself: the transaction that stores its state puts its events into the journal and
/// takes the sessions they name out of the outbox.</remarks>
public sealed class LearningLedger(NpgsqlDataSource dataSource)
{
    private const string Columns = "SELECT learning_key, session_id::bigint, outcome, teaches, review, created_at FROM public.learning_outbox";

    /// <summary>Those of the sessions that the key has counted.</summary>
    public async Task<ImmutableHashSet<long>> FilterCountedAsync(
        string learningKey, IReadOnlyCollection<long> sessionIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        ArgumentNullException.ThrowIfNull(sessionIds);
        if (sessionIds.Count == 0)
        {
            return [];
        }

        await using var command = dataSource.CreateCommand("""
            SELECT session_id FROM public.learning_journal
             WHERE learning_key = $1 AND event_type = 'session_observed' AND session_id = ANY ($2)
            """);
        command.Parameters.Text(learningKey).Longs(sessionIds);
        return [.. await command.ListAsync(row => row.Long("session_id"), cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>What the journal says of one session; null if the key never counted it.</summary>
    public async Task<RecordedStanding?> FindStandingAsync(
        string learningKey, long sessionId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        await using var command = dataSource.CreateCommand("""
            SELECT coalesce(
                     (SELECT (event ->> 'applied')::boolean FROM public.learning_journal
                       WHERE learning_key = $1 AND session_id = $2 AND event_type = 'session_reviewed'
                       ORDER BY sequence DESC LIMIT 1),
                     (event ->> 'teaches')::boolean, false) AS teaches
              FROM public.learning_journal
             WHERE learning_key = $1 AND session_id = $2 AND event_type = 'session_observed'
            """);
        command.Parameters.Text(learningKey).Long(sessionId);
        return await command.FirstAsync(row => new RecordedStanding(row.Flag("teaches")), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What has waited for at least <paramref name="olderThan"/>, the oldest first.</summary>
    /// <param name="olderThan">By the server's clock; zero for everything.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<ImmutableArray<PendingDelivery>> PendingOutboxAsync(
        TimeSpan olderThan, int limit, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(
            $"{Columns} WHERE created_at <= now() - $1 ORDER BY created_at, session_id LIMIT $2");
        command.Parameters.Span(olderThan).Int(Math.Max(0, limit));
        return await command.ListAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Everything that waits for one key, in the order of the sessions.</summary>
    public async Task<ImmutableArray<PendingDelivery>> OutboxOfKeyAsync(string learningKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        await using var command = dataSource.CreateCommand($"{Columns} WHERE learning_key = $1 ORDER BY session_id");
        command.Parameters.Text(learningKey);
        return await command.ListAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a delivery out of the outbox that the key acknowledged without an event, because it changed nothing.</summary>
    /// <returns>False if it was settled already, or if a later review has taken its place.</returns>
    public async Task<bool> SettleAsync(PendingDelivery delivery, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var review = delivery.Review is null ? null : JsonSerializer.Serialize(delivery.Review, AtlasJson.Options);
        await using var command = dataSource.CreateCommand("""
            DELETE FROM public.learning_outbox
             WHERE session_id = $1 AND learning_key = $2 AND teaches = $3 AND review IS NOT DISTINCT FROM $4
            """);
        command.Parameters.Long(delivery.SessionId).Text(delivery.LearningKey).Bool(delivery.Teaches).Json(review);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) > 0;
    }

    private static PendingDelivery Read(NpgsqlDataReader row) => new(
        row.RequiredText("learning_key"),
        row.Long("session_id"),
        row.Json("outcome"),
        row.Flag("teaches"),
        row.Json("review")?.Deserialize<DeliveredReview>(AtlasJson.Options),
        row.Time("created_at"));
}
