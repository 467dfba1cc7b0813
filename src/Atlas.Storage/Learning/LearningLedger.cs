using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Learning;

/// <summary>Which sessions a learning key has counted, and which still wait for it.</summary>
/// <remarks>What the key writes settles itself: the transaction that stores its state puts its events into the journal and
/// takes the sessions they name out of the outbox.</remarks>
public sealed class LearningLedger(NpgsqlDataSource dataSource)
{
    private const string Columns = "SELECT learning_key, session_id::bigint, outcome, teaches, review, rewarded, created_at FROM public.learning_outbox";

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

        var command = dataSource.CreateCommand("""
            SELECT session_id FROM public.learning_journal
             WHERE learning_key = $1 AND event_type = 'session_observed' AND session_id = ANY ($2)
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Longs(sessionIds);
        return [.. await command.ListAsync(row => row.Long("session_id"), cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>What the journal says of one session; null if the key never counted it.</summary>
    public async Task<RecordedStanding?> FindStandingAsync(
        string learningKey, long sessionId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        var command = dataSource.CreateCommand("""
            SELECT coalesce(
                     (SELECT (event ->> 'applied')::boolean FROM public.learning_journal
                       WHERE learning_key = $1 AND session_id = $2 AND event_type = 'session_reviewed'
                       ORDER BY sequence DESC LIMIT 1),
                     (event ->> 'teaches')::boolean, false)
                     OR EXISTS (SELECT 1 FROM public.learning_journal
                                 WHERE learning_key = $1 AND session_id = $2 AND event_type = 'session_rewarded' AND (event ->> 'teaches')::boolean
                                   AND sequence > coalesce((SELECT max(sequence) FROM public.learning_journal
                                         WHERE learning_key = $1 AND session_id = $2 AND event_type = 'session_reviewed'), 0)) AS teaches,
                   event #>> '{outcome,score}' IS NOT NULL
                     OR EXISTS (SELECT 1 FROM public.learning_journal
                                 WHERE learning_key = $1 AND session_id = $2 AND event_type = 'session_rewarded') AS rewarded
              FROM public.learning_journal
             WHERE learning_key = $1 AND session_id = $2 AND event_type = 'session_observed'
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Long(sessionId);
        return await command.FirstAsync(row => new RecordedStanding(row.Flag("teaches"), row.Flag("rewarded")), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What has waited for at least <paramref name="olderThan"/>, the oldest first; without what was postponed.</summary>
    /// <param name="olderThan">By the server's clock; zero for everything.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<ImmutableArray<PendingDelivery>> PendingOutboxAsync(
        TimeSpan olderThan, int limit, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand(
            $"{Columns} WHERE created_at <= now() - $1 AND due_at <= now() ORDER BY created_at, session_id LIMIT $2");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Span(olderThan).Int(Math.Max(0, limit));
        return await command.ListAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets a delivery that failed wait before it is tried again: 10 seconds, then twice as long each time, an hour at most.</summary>
    public async Task PostponeAsync(long sessionId, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("""
            UPDATE public.learning_outbox
               SET attempts = attempts + 1, due_at = now() + least(interval '10 seconds' * power(2, least(attempts, 10)), interval '1 hour')
             WHERE session_id = $1
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Everything that waits for one key, in the order of the sessions.</summary>
    public async Task<ImmutableArray<PendingDelivery>> OutboxOfKeyAsync(string learningKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        var command = dataSource.CreateCommand($"{Columns} WHERE learning_key = $1 ORDER BY session_id");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey);
        return await command.ListAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a delivery out of the outbox that the key acknowledged without an event, because it changed nothing.</summary>
    /// <returns>False if it was settled already, or if a later review or reward has taken its place.</returns>
    public async Task<bool> SettleAsync(PendingDelivery delivery, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var review = delivery.Review is null ? null : JsonSerializer.Serialize(delivery.Review, AtlasJson.Options);
        var command = dataSource.CreateCommand("""
            DELETE FROM public.learning_outbox
             WHERE session_id = $1 AND learning_key = $2 AND teaches = $3 AND review IS NOT DISTINCT FROM $4 AND rewarded = $5
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(delivery.SessionId).Text(delivery.LearningKey).Bool(delivery.Teaches).Json(review).Bool(delivery.IsLateReward);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) > 0;
    }

    // A row that cannot be read must not hold up the others; whoever delivers it says what is wrong with it.
    private static PendingDelivery Read(NpgsqlDataReader row)
    {
        var delivery = new PendingDelivery(
            row.RequiredText("learning_key"), row.Long("session_id"), null, row.Flag("teaches"), null, row.Time("created_at"), row.Flag("rewarded"));
        try
        {
            return delivery with { Outcome = row.Json<SessionOutcome>("outcome"), Review = row.Json<ReviewDecision>("review") };
        }
        catch (JsonException wrong)
        {
            return delivery with { Problem = wrong.Message };
        }
    }
}
