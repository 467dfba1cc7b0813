using Npgsql;
using NpgsqlTypes;

namespace Atlas.Storage.GrainStates;

/// <summary>Writes many states with one statement, and isolates the faulty one if that statement is refused.</summary>
internal sealed class StateBatchWriter(NpgsqlDataSource dataSource, string serviceId)
{
    // A row is written by the rules of Orleans' provider: only over the version that the writer knew. The row to insert has that version
    // plus one, so the base version can be computed from it. Rows are inserted in the order of the arrays, which are sorted.
    private const string Upsert = """
        INSERT INTO orleans.grain_state AS s (service_id, grain_type, key_n0, key_n1, key_text, version, payload)
        SELECT $1, w.grain_type, w.key_n0, w.key_n1, w.key_text, w.version, w.payload
          FROM unnest($2, $3, $4, $5, $6, $7) AS w (grain_type, key_n0, key_n1, key_text, version, payload)
        ON CONFLICT (service_id, grain_type, key_text, key_n0, key_n1) DO UPDATE
           SET payload = excluded.payload, version = s.version + 1, modified_at = now()
         WHERE s.version = excluded.version - 1
        RETURNING s.grain_type, s.key_n0, s.key_n1, s.key_text, s.version
        """;

    /// <summary>Writes the states and settles each of them; does not throw for errors of a single state.</summary>
    /// <param name="writes">The writes, each for another key, sorted by key.</param>
    public async Task WriteAsync(ArraySegment<PendingWrite> writes)
    {
        Dictionary<GrainStateKey, int> stored;
        try
        {
            stored = await UpsertAsync(writes).ConfigureAwait(false);
        }
        catch (PostgresException refused) when (writes.Count > 1 && IsAboutContent(refused))
        {
            // The statement had no effect. Halving finds one bad row among hundreds in a few statements.
            var half = writes.Count / 2;
            await WriteAsync(writes[..half]).ConfigureAwait(false);
            await WriteAsync(writes[half..]).ConfigureAwait(false);
            return;
        }
        catch (Exception failure)
        {
            foreach (var write in writes)
            {
                write.Fail(failure);
            }

            return;
        }

        foreach (var write in writes)
        {
            write.Settle(stored.TryGetValue(write.Key, out var version) ? version : null);
        }
    }

    private async Task<Dictionary<GrainStateKey, int>> UpsertAsync(ArraySegment<PendingWrite> writes)
    {
        var count = writes.Count;
        var (types, firsts, seconds, texts) = (new string[count], new long[count], new long[count], new string[count]);
        var (versions, states) = (new int[count], new ReadOnlyMemory<byte>[count]);
        for (var row = 0; row < count; row++)
        {
            var write = writes[row];
            (types[row], firsts[row], seconds[row], texts[row]) = (write.Key.GrainType, write.Key.N0, write.Key.N1, write.Key.Text);
            (versions[row], states[row]) = ((write.Version ?? 0) + 1, write.Json);
        }

        var command = dataSource.CreateCommand(Upsert);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Add(new() { Value = serviceId, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = types, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = firsts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = seconds, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = versions, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = states, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb });
        var stored = new Dictionary<GrainStateKey, int>(count);
        var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            stored.Add(
                new GrainStateKey(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetString(3)),
                reader.GetInt32(4));
        }

        return stored;
    }

    /// <summary>Whether a single state can be the cause: bad data, a broken rule, a trigger's refusal, a limit, or a conflict with another
    /// transaction.</summary>
    private static bool IsAboutContent(PostgresException refused) => refused.SqlState[..2] is "22" or "23" or "40" or "42" or "54" or "P0";
}
