using System.Globalization;
using Npgsql;

namespace Atlas.Benchmarks.Load;

/// <summary>Stores the rows of sessions as fast as the machine can: by binary <c>COPY</c>, a thousand sessions per commit, over one connection
/// per processor.</summary>
/// <remarks>The rows are those of a session that Atlas stored, the event of its learning key's journal included, with numbers of their own. No
/// program can serve sessions that way, because none of them is durable before the last of its thousand has ended.</remarks>
internal sealed class CopiedSessions(NpgsqlDataSource database, IReadOnlyList<CopiedSessions.Rows> tables)
{
    /// <summary>The number of sessions in a commit.</summary>
    public const int Group = 1000;

    private static readonly (string Table, string Session)[] Tables =
    [
        ("sessions", "id"), ("plans", "session_id"), ("step_results", "session_id"), ("step_attempts", "session_id"),
        ("guidance_notes", "session_id"), ("trajectory_events", "session_id"), ("learning_journal", "session_id"),
    ];

    /// <summary>Takes the rows of the newest session that its key has counted.</summary>
    /// <param name="source">A database that Atlas wrote.</param>
    /// <param name="target">An up-to-date database that the copies go to.</param>
    public static async Task<CopiedSessions> LikeNewestAsync(NpgsqlDataSource source, NpgsqlDataSource target)
    {
        await using var newest = source.CreateCommand("SELECT max(session_id) FROM learning_journal WHERE event_type = 'session_observed'");
        var session = (long)(await newest.ExecuteScalarAsync())!;
        var tables = new List<Rows>();
        foreach (var (table, column) in Tables)
        {
            tables.Add(await Rows.ReadAsync(source, table, column, session));
        }

        return new CopiedSessions(target, tables);
    }

    /// <summary>Stores one group.</summary>
    public async Task StoreAsync()
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var commit = await connection.BeginTransactionAsync();
        var first = await TakeNumbersAsync(connection);
        foreach (var table in tables)
        {
            await table.CopyAsync(connection, first);
        }

        await commit.CommitAsync();
    }

    private static async Task<long> TakeNumbersAsync(NpgsqlConnection connection)
    {
        // A range at once: the sequence's numbers of concurrent groups would be mixed.
        await using var command = new NpgsqlCommand(
            $"SELECT pg_advisory_xact_lock(1), setval('sessions_id_seq', nextval('sessions_id_seq') + {Group})", connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return reader.GetInt64(1) - Group;
    }

    /// <summary>The rows of one session in one table.</summary>
    /// <param name="Table">The table.</param>
    /// <param name="Session">The index of the column with the session's number.</param>
    /// <param name="Columns">Names and types of the columns.</param>
    /// <param name="Values">The values, by row.</param>
    internal sealed record Rows(string Table, int Session, (string Name, string Type)[] Columns, object?[][] Values)
    {
        private const string Keyed = "learning_key";

        // Not those that PostgreSQL computes.
        private const string Writable = """
            SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
             WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity <> 'a'
            """;

        public static async Task<Rows> ReadAsync(NpgsqlDataSource database, string table, string column, long session)
        {
            var journal = table == "learning_journal" ? " AND event_type = 'session_observed'" : "";
            await using var writable = database.CreateCommand(Writable);
            writable.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
            var list = (string)(await writable.ExecuteScalarAsync())!;
            await using var command = database.CreateCommand($"SELECT {list} FROM {table} WHERE {column} = $1{journal}");
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = session });
            await using var reader = await command.ExecuteReaderAsync();
            var columns = Enumerable.Range(0, reader.FieldCount).Select(index => (reader.GetName(index), reader.GetDataTypeName(index))).ToArray();
            var values = new List<object?[]>();
            while (await reader.ReadAsync())
            {
                values.Add([.. Enumerable.Range(0, reader.FieldCount).Select(index => reader.IsDBNull(index) ? null : reader.GetValue(index))]);
            }

            return values.Count > 0
                ? new Rows(table, Array.FindIndex(columns, one => one.Item1 == column), columns, [.. values])
                : throw new InvalidOperationException($"Session {session} has no row in {table}.");
        }

        public async Task CopyAsync(NpgsqlConnection connection, long first)
        {
            await using var copy = await connection.BeginBinaryImportAsync(
                $"COPY {Table} ({string.Join(", ", Columns.Select(column => $"\"{column.Name}\""))}) FROM STDIN (FORMAT BINARY)");
            for (var session = first; session < first + Group; session++)
            {
                foreach (var row in Values)
                {
                    await copy.StartRowAsync();
                    for (var index = 0; index < row.Length; index++)
                    {
                        if (index == Session)
                        {
                            await copy.WriteAsync(session, Columns[index].Type);
                        }
                        else if (Columns[index].Name == Keyed)
                        {
                            // A key each: the numbers of a key's events are unique.
                            await copy.WriteAsync("limit/" + session.ToString(CultureInfo.InvariantCulture), Columns[index].Type);
                        }
                        else if (row[index] is { } value)
                        {
                            await copy.WriteAsync(value, Columns[index].Type);
                        }
                        else
                        {
                            await copy.WriteNullAsync();
                        }
                    }
                }
            }

            await copy.CompleteAsync();
        }
    }
}
