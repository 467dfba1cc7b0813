using System.Collections.Immutable;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Learning;

/// <summary>Reviews that another program wrote into <c>sessions.review_status</c>, waiting for the sessions' grains.</summary>
public sealed class OutsideReviews(NpgsqlDataSource dataSource)
{
    /// <summary>Claims reviews for half a minute, oldest first; if a silo dies meanwhile, others can claim them.</summary>
    public async Task<ImmutableArray<OutsideReview>> ClaimAsync(int limit, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("""
            UPDATE public.outside_reviews r SET due_at = now() + interval '30 seconds'
              FROM (SELECT session_id FROM public.outside_reviews WHERE due_at <= now()
                     ORDER BY decided_at LIMIT $1 FOR UPDATE SKIP LOCKED) due
             WHERE r.session_id = due.session_id
            RETURNING r.session_id, r.status, r.reviewer, r.note, r.decided_at
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Int(Math.Max(0, limit));
        return await command.ListAsync(
            row => new OutsideReview(
                row.Long("session_id"), row.RequiredText("status"), row.RequiredText("reviewer"), row.Text("note"), row.Time("decided_at")),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a delivered review; one that was written meanwhile stays.</summary>
    public async Task SettleAsync(OutsideReview review, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(review);
        var command = dataSource.CreateCommand(
            "DELETE FROM public.outside_reviews WHERE session_id = $1 AND decided_at = $2");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(review.SessionId).Time(review.DecidedAt);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>A review that another program wrote.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Status">The status as written.</param>
/// <param name="Reviewer">The database's user, and the program if it set a name.</param>
/// <param name="Note">The reason; null if it wrote nothing new.</param>
/// <param name="DecidedAt">The time.</param>
public sealed record OutsideReview(long SessionId, string Status, string Reviewer, string? Note, DateTimeOffset DecidedAt);
