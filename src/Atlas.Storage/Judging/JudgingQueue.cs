using Atlas.Domain.Json;
using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Judging;

/// <summary>The sessions that wait for a judge, shared by all silos: a silo claims one for a limited time.</summary>
/// <remarks>A claim that is neither renewed nor settled runs out, and another silo can claim the session. Times are those of the callers'
/// clocks.</remarks>
public sealed class JudgingQueue(NpgsqlDataSource dataSource)
{
    /// <summary>Claims sessions that are due, longest waiting first.</summary>
    /// <param name="now">The time.</param>
    /// <param name="hold">The duration of the claim.</param>
    /// <param name="limit">The largest number of sessions.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<ClaimedJudging>> ClaimAsync(
        DateTimeOffset now, TimeSpan hold, int limit, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("""
            WITH due AS (
              SELECT session_id FROM public.session_judgings WHERE state = 'pending' AND due_at <= $1
               ORDER BY due_at, session_id LIMIT $3 FOR UPDATE SKIP LOCKED)
            UPDATE public.session_judgings g SET attempts = g.attempts + 1, due_at = $2
              FROM due WHERE g.session_id = due.session_id
            RETURNING g.session_id::bigint AS session_id, g.attempts
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Time(now).Time(now + hold).Int(Math.Max(0, limit));
        return await command.ListAsync(
            row => new ClaimedJudging(row.Long("session_id"), row.Int("attempts") ?? 1), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Renews the claims of sessions that are still being judged.</summary>
    public async Task HoldAsync(IReadOnlyCollection<long> sessionIds, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sessionIds);
        var command = dataSource.CreateCommand(
            "UPDATE public.session_judgings SET due_at = $2 WHERE session_id = ANY ($1) AND state = 'pending'");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Longs(sessionIds).Time(until);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records an attempt without a reward, and when the next one is due.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="dueAt">When the next attempt is due.</param>
    /// <param name="reason">Why there is no reward.</param>
    /// <param name="cost">What the attempt cost.</param>
    /// <param name="counts">Whether it is one of the attempts after which judging is given up.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task PostponeAsync(
        long sessionId, DateTimeOffset dueAt, string reason, TokenUsage cost, bool counts = true, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cost);
        var command = dataSource.CreateCommand("""
            UPDATE public.session_judgings
               SET due_at = $2, reason = $3, calls = calls + $4, prompt_tokens = prompt_tokens + $5,
                   completion_tokens = completion_tokens + $6, attempts = CASE WHEN $7 THEN attempts ELSE greatest(attempts - 1, 0) END
             WHERE session_id = $1 AND state = 'pending'
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId).Time(dueAt).Text(StorableText.Plain(reason))
            .Int(cost.Calls).Long(cost.PromptTokens).Long(cost.CompletionTokens).Bool(counts);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Postpones a session whose attempt could not be paid for; the attempt does not count.</summary>
    public async Task DeferAsync(long sessionId, DateTimeOffset dueAt, string reason, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("""
            UPDATE public.session_judgings SET attempts = greatest(attempts - 1, 0), due_at = $2, reason = $3
             WHERE session_id = $1 AND state = 'pending'
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId).Time(dueAt).Text(StorableText.Plain(reason));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Releases sessions whose attempt was interrupted by the silo's own shutdown; the attempt does not count.</summary>
    public async Task ReleaseAsync(IReadOnlyCollection<long> sessionIds, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sessionIds);
        var command = dataSource.CreateCommand("""
            UPDATE public.session_judgings SET attempts = greatest(attempts - 1, 0), due_at = $2
             WHERE session_id = ANY ($1) AND state = 'pending'
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Longs(sessionIds).Time(now);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns sessions that nobody has claimed although they were due before <paramref name="before"/>.</summary>
    public async Task<ImmutableArray<long>> ForgottenAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("""
            SELECT session_id::bigint AS session_id FROM public.session_judgings
             WHERE state = 'pending' AND due_at <= $1 ORDER BY due_at, session_id LIMIT $2
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Time(before).Int(Math.Max(0, limit));
        return await command.ListAsync(row => row.Long("session_id"), cancellationToken).ConfigureAwait(false);
    }
}
