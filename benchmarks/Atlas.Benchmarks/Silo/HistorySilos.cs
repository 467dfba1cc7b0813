using Atlas.Grains.Tests.Cluster;
using System.Diagnostics;
using Atlas.Benchmarks.Histories;
using Atlas.Contracts.Playbooks;
using Atlas.Database;
using Atlas.Storage.Migrations;
using Npgsql;

namespace Atlas.Benchmarks.Silo;

/// <summary>One silo and one database for each length of history; created when a benchmark first needs them, shared by later
/// ones.</summary>
internal sealed class HistorySilos(SharedPostgres postgres) : IAsyncDisposable
{
    private const string LearningKey = "benchmark";

    private readonly List<RunningSilo> _silos = [];
    private readonly List<HistorySilo> _ready = [];

    /// <summary>Returns the silos, shortest history first.</summary>
    public async Task<IReadOnlyList<HistorySilo>> GetAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, sessions) in KeyHistory.Sizes.Skip(_ready.Count))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var began = Stopwatch.GetTimestamp();
            Console.Error.Write($"  a database with {sessions} sessions of history …");
            var address = await postgres.CreateDatabaseAsync($"history_{name}");
            await using (var database = AtlasDatabase.Parse(address).CreateDataSource())
            {
                await MigrationRunner.ApplyAsync(database);
                await HistoryRows.FillAsync(database, LearningKey, sessions);
                await SettleAsync(database);
            }

            var silo = await BenchmarkSilo.StartAsync(address, $"silo-{name}");
            _silos.Add(silo);
            _ready.Add(new HistorySilo(name, await ActivateAsync(silo, sessions), sessions));
            Console.Error.WriteLine($" {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        }

        return _ready;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }
    }

    private static async Task<ILearningKeyGrain> ActivateAsync(RunningSilo silo, int sessions)
    {
        var key = silo.Grains.GetGrain<ILearningKeyGrain>(LearningKey);
        var description = await key.Describe();
        return description.SessionsObserved == sessions
            ? key
            : throw new InvalidOperationException(
                $"The key read a state with {description.SessionsObserved} sessions from the database; {sessions} were put there.");
    }

    // Deferred work of the filling must not fall into the measurement.
    private static async Task SettleAsync(NpgsqlDataSource database)
    {
        foreach (var sql in (string[])["VACUUM (ANALYZE)", "CHECKPOINT"])
        {
            await using var command = database.CreateCommand(sql);
            command.CommandTimeout = 600;
            await command.ExecuteNonQueryAsync();
        }
    }
}
