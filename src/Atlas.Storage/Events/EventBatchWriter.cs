using Atlas.Storage.Connection;
using Atlas.Storage.Sessions;
using Npgsql;
using NpgsqlTypes;

namespace Atlas.Storage.Events;

/// <summary>Writes many appends with one statement, and isolates the faulty one if that statement is refused.</summary>
internal sealed class EventBatchWriter(NpgsqlDataSource dataSource)
{
    // Sorted, so that two batches with the same events take their index entries in the same order and cannot deadlock. The sessions are
    // locked until the events are committed: a concurrent delete waits, and then removes these events too.
    private const string Insert = """
        WITH known AS MATERIALIZED (SELECT s.id FROM public.sessions s WHERE s.id = ANY ($4) ORDER BY s.id FOR KEY SHARE),
        stored AS (
          INSERT INTO public.trajectory_events (session_id, sequence, event)
          SELECT e.session_id, e.sequence, e.event::jsonb
            FROM unnest($1, $2, $3) AS e (session_id, sequence, event)
            JOIN known k ON k.id = e.session_id
           ORDER BY e.session_id, e.sequence
          ON CONFLICT (session_id, sequence) DO NOTHING)
        SELECT u.id FROM unnest($4) AS u (id) WHERE NOT EXISTS (SELECT 1 FROM known k WHERE k.id = u.id)
        """;

    /// <summary>Writes the appends and settles each of them; does not throw for errors of a single append.</summary>
    public async Task WriteAsync(IReadOnlyList<PendingAppend> appends, CancellationToken cancellationToken)
    {
        try
        {
            var unknown = await InsertAsync(appends, cancellationToken).ConfigureAwait(false);
            foreach (var append in appends)
            {
                if (unknown.Contains(append.SessionId))
                {
                    append.Fail(new UnknownSessionException(append.SessionId));
                }
                else
                {
                    append.Succeed();
                }
            }
        }
        catch (PostgresException refused) when (appends.Count > 1 && refused.IsAboutContent())
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
                append.Fail(failure);
            }
        }
    }

    /// <summary>Returns the sessions that do not exist; none of their events was stored.</summary>
    private async Task<IReadOnlySet<long>> InsertAsync(IReadOnlyList<PendingAppend> appends, CancellationToken cancellationToken)
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
        command.Parameters.Add(new()
        {
            Value = appends.Select(append => append.SessionId).Distinct().Order().ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
        });
        return (await command.ListAsync(row => row.Long("id"), cancellationToken).ConfigureAwait(false)).ToHashSet();
    }
}
