using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Access;

/// <summary>Records which reviewer is reading which session, so that two never read the same one at the same time.</summary>
public sealed class ReviewClaims(NpgsqlDataSource database)
{
    // Two concurrent callers get two sessions: a row that another one is just claiming is skipped, and the second one finds the claim.
    private const string Next = """
        WITH next AS (
          SELECT s.id FROM public.sessions s
           WHERE s.review_status = 'pending' AND s.status <> 'running' AND s.id > $6
             AND ($3 IS NULL OR s.stored_learning_key = $3)
             AND ($4 IS NULL OR starts_with(s.stored_learning_key, $4))
             AND ($5 IS NULL OR s.stored_learning_key IS NULL OR NOT starts_with(s.stored_learning_key, $5))
             AND NOT EXISTS (SELECT 1 FROM orleans.review_claim c WHERE c.session_id = s.id AND c.until > now() AND c.holder <> $1)
           ORDER BY s.id LIMIT 1 FOR UPDATE OF s SKIP LOCKED),
        old AS (DELETE FROM orleans.review_claim c WHERE c.holder = $1 AND NOT EXISTS (SELECT 1 FROM next n WHERE n.id = c.session_id)
                   OR c.until < now() - interval '1 day')
        INSERT INTO orleans.review_claim AS c (session_id, holder, until) SELECT id, $1, now() + $2 FROM next
        ON CONFLICT (session_id) DO UPDATE SET holder = excluded.holder, until = excluded.until
          WHERE c.until <= now() OR c.holder = excluded.holder
        RETURNING session_id
        """;

    /// <summary>How long a session is reserved for a reviewer who reads it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Claims the next waiting session that no other reviewer has, and releases the reviewer's other claims.</summary>
    /// <param name="holder">The reviewer.</param>
    /// <param name="learningKey">Only sessions of this key; null for all.</param>
    /// <param name="prefix">Only sessions whose learning key has this prefix; null for all.</param>
    /// <param name="exceptPrefix">Leaves out sessions whose learning key has this prefix; null leaves none out.</param>
    /// <param name="after">Only sessions with a greater number.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>Its number; null if none is left.</returns>
    public async Task<long?> NextAsync(
        string holder, string? learningKey, string? prefix, string? exceptPrefix, long after, CancellationToken cancellationToken = default)
    {
        // Another reviewer was faster and has taken the first one; there may be more.
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var command = database.CreateCommand(Next);
            await using var commandDisposal = command.ConfigureAwait(false);
            command.Parameters.Text(holder).Span(Patience).Text(learningKey).Text(prefix).Text(exceptPrefix).Long(after);
            if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is long session)
            {
                return session;
            }
        }

        return null;
    }

    /// <summary>Claims a session for this reviewer, if no other reviewer has it.</summary>
    public async Task<bool> TakeAsync(long session, string holder, CancellationToken cancellationToken = default)
    {
        var command = database.CreateCommand("""
            INSERT INTO orleans.review_claim AS c (session_id, holder, until) VALUES ($1, $2, now() + $3)
            ON CONFLICT (session_id) DO UPDATE SET holder = excluded.holder, until = excluded.until
              WHERE c.until <= now() OR c.holder = excluded.holder
            RETURNING true
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(session).Text(holder).Span(Patience);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }
}
