using Npgsql;

namespace Atlas.Http.Sessions;

/// <summary>Numbers events that a caller appends without numbers.</summary>
/// <remarks>The database hands out the numbers, so callers at several silos never get the same ones. The numbers of an operation are stored
/// with it: a repeated request, even after a crash, appends under the same numbers, which changes nothing.</remarks>
public sealed class EventNumbers(Backend backend)
{
    private const string Take = """
        WITH known AS (SELECT first_sequence FROM public.api_appends WHERE operation_id = $3),
        taken AS (
          INSERT INTO public.session_numbering AS n (session_id, next_sequence)
          SELECT $1, $2 + coalesce((SELECT max(sequence) + 1 FROM public.trajectory_events WHERE session_id = $1), 0)
           WHERE NOT EXISTS (SELECT 1 FROM known)
          ON CONFLICT (session_id) DO UPDATE
             SET next_sequence = $2 + greatest(n.next_sequence, coalesce((SELECT max(sequence) + 1 FROM public.trajectory_events WHERE session_id = $1), 0))
          RETURNING next_sequence - $2 AS first_sequence),
        noted AS (
          INSERT INTO public.api_appends (operation_id, session_id, first_sequence)
          SELECT $3, $1, first_sequence FROM taken WHERE $3 IS NOT NULL)
        SELECT first_sequence FROM taken UNION ALL SELECT first_sequence FROM known
        """;

    /// <summary>Reserves numbers for a count of events, and returns the first one.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="count">How many events.</param>
    /// <param name="operation">The identity of the request; null for none.</param>
    public async Task<int> TakeAsync(long sessionId, int count, string? operation)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var command = backend.Database.CreateCommand(Take);
                await using var commandDisposal = command.ConfigureAwait(false);
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = sessionId });
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
                command.Parameters.Add(new NpgsqlParameter { Value = (object?)operation ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
                return (int)(await command.ExecuteScalarAsync().ConfigureAwait(false))!;
            }
            catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation && attempt == 0)
            {
                // The same request arrived twice at the same time; the other one's number can be read now.
            }
        }
    }
}
