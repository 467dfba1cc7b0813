using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Load;
using Atlas.Benchmarks.Silo;
using Atlas.Client;
using Atlas.Contracts.Sessions;
using Atlas.Database;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Storage.Migrations;
using Npgsql;

namespace Atlas.Benchmarks.Life;

/// <summary>What the whole of a session costs: started, twenty events stored one after the other, ended with a reward, counted.</summary>
/// <remarks>Every call of Atlas is acknowledged only once it is durable, as every statement of the original is.</remarks>
internal sealed class SessionLifeBenchmark(SharedPostgres postgres) : IBenchmark
{
    private const int Callers = 64;

    public string Name => "session-life";

    public string Description =>
        "Starts a session, stores 20 events and completes it with a reward, 64 at once through a client, against plain inserts row by row.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var address = await SmallKeys.DatabaseAsync(postgres, "life_atlas", Callers);
        var rowsAddress = await postgres.CreateDatabaseAsync("life_rows");
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(
            AtlasDatabase.Parse(rowsAddress).ConnectionString) { MaxAutoPrepare = 0, MaxPoolSize = Callers });
        await MigrationRunner.ApplyAsync(database, cancellationToken: cancellationToken);
        var rows = new RowByRow(database);
        await rows.PrepareAsync();
        await using var silo = await BenchmarkSilo.StartAsync(address, "silo-life", BenchmarkSilo.WithoutTeaching);
        await using var client = await AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = address }, cancellationToken);
        var comparison = await new ThroughputRounds().CompareAsync(
            [
                Throughput.Of("atlas-64", Callers, caller => LiveAsync(client, SmallKeys.Name(caller))),
                Throughput.Of("rows-64", Callers, caller => rows.StoreAsync(SmallKeys.Name(caller), SmallKeys.Json)),
            ],
            cancellationToken);
        return new BenchmarkReport(
            [.. comparison.Measurements(Name)], [comparison.Ratio("session_life_vs_rows", "atlas-64", "rows-64")]);
    }

    /// <summary>One session from beginning to end.</summary>
    public static async Task LiveAsync(IAtlasClient client, string key, int events = 20)
    {
        var session = await client.StartSessionAsync(new StartSession("Refund an order", key));
        for (var number = 0; number < events; number++)
        {
            await session.AppendAsync(SampleEvents.Read[number]);
        }

        await session.CompleteAsync(new CompleteSession(SessionStatus.Succeeded, "Done.", new SessionReward(0.75)));
    }
}
