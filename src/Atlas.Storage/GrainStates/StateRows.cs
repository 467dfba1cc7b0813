using Npgsql;
using NpgsqlTypes;

namespace Atlas.Storage.GrainStates;

/// <summary>Reads and clears single states.</summary>
internal sealed class StateRows(NpgsqlDataSource dataSource, string serviceId)
{
    private const string Read = """
        SELECT payload, version FROM orleans.grain_state
         WHERE service_id = $1 AND grain_type = $2 AND key_text = $3 AND key_n0 = $4 AND key_n1 = $5
        """;

    private const string Clear = """
        UPDATE orleans.grain_state SET payload = NULL, version = version + 1, modified_at = now()
         WHERE service_id = $1 AND grain_type = $2 AND key_text = $3 AND key_n0 = $4 AND key_n1 = $5 AND version = $6
        RETURNING version
        """;

    public async Task<StoredGrainState?> ReadAsync(GrainStateKey key)
    {
        var command = Command(Read, key);
        await using var commandDisposal = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        return await reader.ReadAsync().ConfigureAwait(false)
            ? new StoredGrainState(
                await reader.IsDBNullAsync(0).ConfigureAwait(false) ? null : reader.GetFieldValue<byte[]>(0),
                reader.GetInt32(1))
            : null;
    }

    public async Task<int?> ClearAsync(GrainStateKey key, int? version)
    {
        var command = Command(Clear, key);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Add(new() { Value = (object?)version ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        return (int?)await command.ExecuteScalarAsync().ConfigureAwait(false);
    }

    private NpgsqlCommand Command(string sql, GrainStateKey key)
    {
        var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = serviceId, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = key.GrainType, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = key.Text, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = key.N0, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = key.N1, NpgsqlDbType = NpgsqlDbType.Bigint });
        return command;
    }
}
