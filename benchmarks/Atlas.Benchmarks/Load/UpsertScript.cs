using System.Globalization;
using Npgsql;

namespace Atlas.Benchmarks.Load;

/// <summary>The alternative without Atlas: one row per key with its state as <c>jsonb</c>, overwritten by a single statement.</summary>
internal static class UpsertScript
{
    // pgbench cannot read a parameter from a file, and a constant would be parsed once rather than with every write. The state's text is
    // therefore in a table with one row, which costs next to nothing to read.
    private const string Tables = """
        CREATE TABLE public.upserts (
          key        integer     PRIMARY KEY,
          version    integer     NOT NULL,
          modified_at timestamptz NOT NULL DEFAULT now(),
          payload    jsonb       NOT NULL);
        CREATE TABLE public.upsert_text (text text NOT NULL);
        ALTER TABLE public.upsert_text ALTER COLUMN text SET STORAGE EXTERNAL;
        """;

    /// <summary>Creates the tables, and the script for <paramref name="keys"/> keys with that state.</summary>
    /// <returns>The script's file.</returns>
    public static async Task<string> CreateAsync(NpgsqlDataSource database, int keys, string stateJson, string folder)
    {
        await using (var tables = database.CreateCommand(Tables))
        {
            await tables.ExecuteNonQueryAsync();
        }

        await using (var text = database.CreateCommand("INSERT INTO public.upsert_text VALUES ($1)"))
        {
            text.Parameters.Add(new() { Value = stateJson });
            await text.ExecuteNonQueryAsync();
        }

        var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"atlas-upsert-{Environment.ProcessId}.sql"));
        await File.WriteAllTextAsync(file, string.Create(CultureInfo.InvariantCulture, $"""
            \set key random(1, {keys})
            INSERT INTO public.upserts AS s (key, version, payload) SELECT :key, 1, text::jsonb FROM public.upsert_text ON CONFLICT (key) DO UPDATE SET payload = excluded.payload, version = s.version + 1, modified_at = now();

            """));
        return file;
    }
}
