using Npgsql;

namespace Atlas.Testing;

/// <summary>Looks for a text in everything that a database holds.</summary>
public static class Residue
{
    /// <summary>The tables with a row that holds the text, in whatever column, also where it is stored out of line or as bytes.</summary>
    /// <param name="dataSource">The database.</param>
    /// <param name="text">The text; without regard to case.</param>
    public static async Task<string[]> FindAsync(NpgsqlDataSource dataSource, string text)
    {
        var tables = new List<string>();
        await using (var list = dataSource.CreateCommand("""
            SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1
            """))
        await using (var reader = await list.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        var found = new List<string>();
        foreach (var table in tables)
        {
            await using var search = dataSource.CreateCommand(
                $"SELECT EXISTS (SELECT 1 FROM {table} r WHERE strpos(lower(r::text), lower($1)) > 0 OR strpos(r::text, encode(convert_to($1, 'UTF8'), 'hex')) > 0)");
            search.Parameters.Add(new NpgsqlParameter { Value = text });
            if (await search.ExecuteScalarAsync() is true)
            {
                found.Add(table);
            }
        }

        return [.. found];
    }
}
