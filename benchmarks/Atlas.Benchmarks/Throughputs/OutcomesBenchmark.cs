using Atlas.Grains.Tests.Cluster;
using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Load;
using Atlas.Benchmarks.Silo;
using Atlas.Contracts.Playbooks;
using Atlas.Database;
using Atlas.Storage.Migrations;
using Npgsql;

namespace Atlas.Benchmarks.Throughputs;

/// <summary>Measures how many outcomes per second a silo counts durably, compared with what a user would do instead on the same
/// server.</summary>
/// <remarks>pgbench writes a row with the exact text of a key's state into a table as one would create it; it counts nothing, and keeps no
/// journal.</remarks>
internal sealed class OutcomesBenchmark(SharedPostgres postgres) : IBenchmark
{
    private const int Keys = 256;
    private const int PgBenchClients = 16;

    public string Name => "outcomes";

    public bool IsQuick => true;

    public string Description =>
        "Counts sessions durably on 256 keys at once, against pgbench's single-row upserts and against storing a session row by row.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var grouped = await SmallKeys.DatabaseAsync(postgres, "outcomes_grouped", Keys);
        var adonet = await SmallKeys.DatabaseAsync(postgres, "outcomes_adonet", Keys);
        await using var plain = AtlasDatabase.Parse(await postgres.CreateDatabaseAsync("outcomes_plain")).CreateDataSource();
        await MigrationRunner.ApplyAsync(plain, cancellationToken: cancellationToken);
        var script = await UpsertScript.CreateAsync(plain, Keys, SmallKeys.Json, Path.GetTempPath());
        var pgbench = new PgBench(AtlasDatabase.Parse(postgres.AddressOf("outcomes_plain")).ConnectionString, script, PgBenchClients);
        await using var unprepared = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(
            AtlasDatabase.Parse(postgres.AddressOf("outcomes_plain")).ConnectionString) { MaxAutoPrepare = 0, MaxPoolSize = PgBenchClients });
        var rows = new RowByRow(unprepared);
        await rows.PrepareAsync();
        try
        {
            await using var first = await BenchmarkSilo.StartAsync(grouped, "silo-grouped", "--Atlas:Silo:GrainStorage=grouped");
            await using var second = await BenchmarkSilo.StartAsync(adonet, "silo-adonet", "--Atlas:Silo:GrainStorage=adonet");
            var (ours, theirs) = (new Counter(first), new Counter(second));
            var comparison = await rounds.Throughputs().CompareAsync(
                [
                    Throughput.Of("atlas-256", Keys, ours.CountAsync),
                    Throughput.Of("atlas-4096", 16 * Keys, ours.CountAsync),
                    Throughput.Of("adonet-256", Keys, theirs.CountAsync),
                    new Throughput("pgbench-16", pgbench.RateAsync),
                    Throughput.Of("rows-16", PgBenchClients, caller => rows.StoreAsync(SmallKeys.Name(caller), SmallKeys.Json)),
                ],
                cancellationToken);
            return new BenchmarkReport(
                [.. comparison.Measurements(Name)],
                [
                    comparison.Ratio("outcomes_vs_pgbench", "atlas-256", "pgbench-16"),
                    comparison.Ratio("outcomes_4096_vs_pgbench", "atlas-4096", "pgbench-16"),
                    comparison.Ratio("outcomes_vs_rows", "atlas-256", "rows-16"),
                    comparison.Ratio("outcomes_grouped_vs_adonet", "atlas-256", "adonet-256"),
                ]);
        }
        finally
        {
            File.Delete(script);
        }
    }

    private sealed class Counter(RunningSilo silo)
    {
        private readonly ILearningKeyGrain[] _keys =
            [.. Enumerable.Range(0, Keys).Select(key => silo.Grains.GetGrain<ILearningKeyGrain>(SmallKeys.Name(key)))];

        private readonly int[] _last = new int[Keys];

        public async Task CountAsync(int caller)
        {
            var key = caller % Keys;
            var told = SmallKeys.Next(Interlocked.Increment(ref _last[key]));
            if (await _keys[key].Record(told) is { Counted: false })
            {
                throw new InvalidOperationException($"Session {told.Outcome.SessionId} had been counted before; nothing was written.");
            }
        }
    }
}
