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

/// <summary>Measures an entire session: started, a plan, a step with an attempt and guidance and twenty events stored, ended with a reward,
/// counted.</summary>
/// <remarks>Both sides store the same records, and a session ends when all of them are durable. <c>atlas</c> records its events in the
/// background; <c>atlas-acknowledged</c> waits for each of them, as the original does. <c>limit</c> is what the machine can store at all.</remarks>
internal sealed class SessionLifeBenchmark(SharedPostgres postgres) : IBenchmark
{
    private const int Callers = 64;

    private static readonly StepEvaluation Score = new() { Validation = new StepValidation { Valid = true } };

    public string Name => "session-life";

    public bool IsQuick => true;

    public string Description =>
        "Starts a session, stores plan, step and 20 events and completes it with a reward, 64 at once through a client, against the original's statements one by one and against bulk copies of the same rows.";

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
        await WarmUpAsync(client, cancellationToken);
        await using var limitDatabase = NpgsqlDataSource.Create(AtlasDatabase.Parse(await postgres.CreateDatabaseAsync("life_limit")).ConnectionString);
        await MigrationRunner.ApplyAsync(limitDatabase, cancellationToken: cancellationToken);
        await using var stored = NpgsqlDataSource.Create(AtlasDatabase.Parse(address).ConnectionString);
        var copies = await CopiedSessions.LikeNewestAsync(stored, limitDatabase);
        var limit = Throughput.Of("limit", Environment.ProcessorCount, _ => copies.StoreAsync());
        var comparison = await rounds.Throughputs().CompareAsync(
            [
                Throughput.Of("atlas-64", Callers, caller => WholeAsync(client, SmallKeys.Name(caller), waits: false)),
                Throughput.Of("atlas-acknowledged-64", Callers, caller => WholeAsync(client, SmallKeys.Name(caller), waits: true)),
                Throughput.Of("rows-64", Callers, caller => rows.StoreAsync(SmallKeys.Name(caller), SmallKeys.Json)),
                limit with { RateAsync = async (window, token) => CopiedSessions.Group * await limit.RateAsync(window, token) },
            ],
            cancellationToken);
        return new BenchmarkReport(
            [.. comparison.Measurements(Name)],
            [
                comparison.Ratio("session_life_vs_original", "atlas-64", "rows-64"),
                comparison.Ratio("session_life_acknowledged_vs_original", "atlas-acknowledged-64", "rows-64"),
                comparison.Ratio("session_life_vs_limit", "atlas-64", "limit"),
            ]);
    }

    // A silo is not at its speed before the runtime has optimised what a session needs, which takes it some thousand sessions.
    private static Task WarmUpAsync(IAtlasClient client, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(0, 6_000),
        new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken },
        async (number, _) => await WholeAsync(client, SmallKeys.Name(number % Callers), waits: number % 4 == 0));

    /// <summary>Runs one session with all records.</summary>
    /// <param name="client">The client.</param>
    /// <param name="key">The learning key.</param>
    /// <param name="waits">Whether each event is acknowledged before the next.</param>
    public static async Task WholeAsync(IAtlasClient client, string key, bool waits)
    {
        var session = await client.StartSessionAsync(new StartSession("Refund an order", key));
        await session.RecordPlanAsync(SessionPlan.OfOne("Look the order up and refund it.", PlanExecution.SingleShot));
        foreach (var happened in SampleEvents.Read)
        {
            if (waits)
            {
                await session.AppendAsync(happened);
            }
            else
            {
                session.Record(happened);
            }
        }

        await session.RecordStepAsync(new StepRecord(1, "trace", "Done.", Score, null, [Score], ["Quote the record."]));
        await session.CompleteAsync(new CompleteSession(SessionStatus.Succeeded, "Done.", new SessionReward(0.75)));
    }

    /// <summary>Runs one session from beginning to end.</summary>
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
