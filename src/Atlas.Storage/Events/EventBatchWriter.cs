using Atlas.Storage.Sessions;
using Npgsql;
using NpgsqlTypes;

namespace Atlas.Storage.Events;

/// <summary>Writes many appends with one statement, and finds the guilty one if that statement is refused.</summary>
internal sealed class EventBatchWriter(NpgsqlDataSource dataSource)
{
    // Sorted, so that two batches with the same events take their index entries in the same order and cannot deadlock.
    private const string Insert = """
        INSERT INTO public.trajectory_events (session_id, sequence, event)
        SELECT e.session_id, e.sequence, e.event::jsonb
          FROM unnest($1, $2, $3) AS e (session_id, sequence, event)
         ORDER BY e.session_id, e.sequence
        ON CONFLICT (session_id, sequence) DO NOTHING
        """;

    /// <summary>Writes the appends and settles each of them; does not throw for what belongs to an append.</summary>
    public async Task WriteAsync(IReadOnlyList<PendingAppend> appends, CancellationToken cancellationToken)
    {
        try
        {
            await InsertAsync(appends, cancellationToken).ConfigureAwait(false);
            foreach (var append in appends)
            {
                append.Succeed();
            }
        }
        catch (PostgresException refused) when (appends.Count > 1 && IsAboutContent(refused))
        {
            foreach (var append in appends)
            {
                await WriteAsync([append], cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            foreach (var append in appends)
            {
                append.Fail(Explain(append, failure));
            }
        }
    }

    private async Task InsertAsync(IReadOnlyList<PendingAppend> appends, CancellationToken cancellationToken)
    {
        var count = appends.Sum(append => append.Events.Length);
        var sessions = new long[count];
        var sequences = new int[count];
        var events = new string[count];
        var row = 0;
        foreach (var append in appends)
        {
            for (var i = 0; i < append.Events.Length; i++, row++)
            {
                sessions[row] = append.SessionId;
                sequences[row] = append.FirstSequence + i;
                events[row] = append.Events[i];
            }
        }

        var command = dataSource.CreateCommand(Insert);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Add(new() { Value = sessions, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = sequences, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = events, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether one append may be to blame: bad data, a broken rule, a limit, or a clash with another transaction.</summary>
    private static bool IsAboutContent(PostgresException refused) => refused.SqlState[..2] is "22" or "23" or "40" or "42" or "54";

    private static Exception Explain(PendingAppend append, Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation }
            ? new UnknownSessionException(append.SessionId)
            : failure;
}
