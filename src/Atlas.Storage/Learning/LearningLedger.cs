using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Journal;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Learning;

/// <summary>Tells which sessions a learning key has counted, and which still wait for it.</summary>
/// <remarks>A key's write settles itself: the transaction that stores its state appends its events to the journal and removes the sessions
/// they name from the outbox.</remarks>
public sealed class LearningLedger(NpgsqlDataSource dataSource)
{
    private const string Columns = "SELECT learning_key, session_id::bigint, outcome, teaches, review, rewarded, created_at FROM public.learning_outbox";

    /// <summary>Returns those of the sessions that the key has counted.</summary>
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

    /// <summary>Returns what the journal says about one session; null if the key never counted it.</summary>
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

    /// <summary>Returns what a session has counted with as evidence; null if it has not.</summary>
    public async Task<CountedEvidence?> FindEvidenceAsync(string learningKey, long sessionId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);

        // Nothing was evidence before the key's first rules. Each kind of event has an index of its own.
        var command = dataSource.CreateCommand("""
            SELECT event FROM (
              SELECT sequence, event FROM public.learning_journal WHERE learning_key = $1 AND session_id = $2 AND event_type = 'session_observed'
              UNION ALL
              SELECT sequence, event FROM public.learning_journal WHERE learning_key = $1 AND session_id = $2 AND event_type = 'session_rewarded'
              UNION ALL
              SELECT sequence, event FROM public.learning_journal WHERE learning_key = $1 AND session_id = $2 AND event_type = 'session_reviewed') e
             WHERE sequence > (SELECT sequence FROM public.learning_journal
                                WHERE learning_key = $1 AND event_type = 'evidence_rules_set' ORDER BY sequence LIMIT 1)
             ORDER BY sequence
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Long(sessionId);
        return CountedEvidence.Of(await command.ListAsync(row => row.Json<LearningKeyEvent>("event")!, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Returns deliveries that have waited for at least <paramref name="olderThan"/>: those that never failed, oldest first, then
    /// those whose delay is over.</summary>
    /// <param name="olderThan">By the server's clock; zero for everything.</param>
    /// <param name="limit">The largest number of deliveries.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<PendingDelivery>> PendingOutboxAsync(
        TimeSpan olderThan, int limit, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand(
            $"{Columns} WHERE created_at <= now() - $1 AND due_at <= now() ORDER BY due_at, created_at, session_id LIMIT $2");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Span(olderThan).Int(Math.Max(0, limit));
        return await command.ListAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Delays a failed delivery before it is tried again: 10 seconds, then twice as long each time.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="longest">The longest delay.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    public async Task PostponeAsync(long sessionId, TimeSpan longest, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("""
            UPDATE public.learning_outbox
               SET attempts = attempts + 1, due_at = now() + least(interval '10 seconds' * power(2, least(attempts, 10)), $2)
             WHERE session_id = $1
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId).Span(longest);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns everything that waits for one key, in the order of the sessions.</summary>
    public async Task<ImmutableArray<PendingDelivery>> OutboxOfKeyAsync(string learningKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        var command = dataSource.CreateCommand($"{Columns} WHERE learning_key = $1 ORDER BY session_id");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey);
        return await command.ListAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a delivery from the outbox that the key acknowledged without an event, because it changed nothing.</summary>
    /// <returns>False if it was already settled, or if a later review or reward has replaced it.</returns>
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

    // An unreadable row must not hold up the others; its delivery reports what is wrong with it.
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
