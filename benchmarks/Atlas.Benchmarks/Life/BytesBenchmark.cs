using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Silo;
using Atlas.Client;
using Atlas.Database;
using Npgsql;

namespace Atlas.Benchmarks.Life;

/// <summary>Measures the disk space of sessions: 10,000 of them through the client, each with 20 events and a reward, on 20 keys.</summary>
/// <remarks>The result is the bytes of tables and indexes after a vacuum, by table, divided by the number of sessions. The rows of the
/// learning keys themselves are excluded, because they do not grow with the sessions.</remarks>
internal sealed class BytesBenchmark(SharedPostgres postgres) : IBenchmark
{
    private const int Sessions = 10_000;
    private const int Keys = 20;
    private const int Callers = 32;

    private const string Sizes = """
        SELECT CASE WHEN i.inhparent IS NULL THEN c.relname::text ELSE i.inhparent::regclass::text END AS name,
               sum(pg_table_size(c.oid))::float8 AS rows, sum(pg_indexes_size(c.oid))::float8 AS indexes
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
         WHERE c.relkind = 'r' AND n.nspname = 'public' AND c.relname <> 'playbook_versions'
         GROUP BY 1 HAVING sum(pg_total_relation_size(c.oid)) > 100 * $1 ORDER BY sum(pg_total_relation_size(c.oid)) DESC
        """;

    public string Name => "bytes";

    public string Description => "Bytes on disk for each of 10,000 sessions with 20 events, by table.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var address = await SmallKeys.DatabaseAsync(postgres, "bytes", Keys);
        await using (var silo = await BenchmarkSilo.StartAsync(address, "silo-bytes", BenchmarkSilo.WithoutTeaching))
        await using (var client = await AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = address, CacheOnDisk = false }, cancellationToken))
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, Sessions),
                new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken },
                async (number, _) => await SessionLifeBenchmark.LiveAsync(client, SmallKeys.Name(number % Keys)));
        }

        await using var database = AtlasDatabase.Parse(address).CreateDataSource();
        await using (var vacuum = database.CreateCommand("VACUUM ANALYZE"))
        {
            vacuum.CommandTimeout = 600;
            await vacuum.ExecuteNonQueryAsync(cancellationToken);
        }

        var measured = new List<Measurement>();
        var all = 0.0;
        await using var sizes = database.CreateCommand(Sizes);
        sizes.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Sessions });
        await using var reader = await sizes.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var name = reader.GetString(0);
            measured.Add(Bytes($"{name}/rows", reader.GetDouble(1)));
            measured.Add(Bytes($"{name}/indexes", reader.GetDouble(2)));
            all += reader.GetDouble(1) + reader.GetDouble(2);
        }

        return new BenchmarkReport([Bytes("all", all), .. measured], []);
    }

    private Measurement Bytes(string what, double bytes) =>
        new($"{Name}/{what}", new Spread(bytes / Sessions, bytes / Sessions, bytes / Sessions), "bytes", Sessions);
}
