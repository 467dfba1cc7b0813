using Npgsql;

namespace Atlas.Benchmarks.Silo;

/// <summary>Drops the indexes of tables while these are filled, which is much faster than maintaining them row by row.</summary>
internal static class SecondaryIndexes
{
    // Primary keys stay, because other tables refer to them.
    private const string ListSql = """
        SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
          FROM pg_index
         WHERE indrelid = ANY ($1::regclass[]) AND NOT indisprimary
        """;

    /// <summary>Runs <paramref name="fill"/> without the tables' indexes, and then recreates them.</summary>
    public static async Task WithoutAsync(NpgsqlDataSource database, string[] tables, Func<Task> fill)
    {
        var indexes = await ListAsync(database, tables);
        await ExecuteAsync(database, indexes.Select(index => $"DROP INDEX {index.Name}"));
        await fill();
        await ExecuteAsync(database, indexes.Select(index => index.Definition));
    }

    private static async Task<List<(string Name, string Definition)>> ListAsync(NpgsqlDataSource database, string[] tables)
    {
        await using var command = database.CreateCommand(ListSql);
        command.Parameters.Add(new() { Value = tables });
        await using var reader = await command.ExecuteReaderAsync();
        var indexes = new List<(string, string)>();
        while (await reader.ReadAsync())
        {
            indexes.Add((reader.GetString(0), reader.GetString(1)));
        }

        return indexes;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, IEnumerable<string> statements)
    {
        await using var command = database.CreateCommand(string.Join(";\n", statements));
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }
}
