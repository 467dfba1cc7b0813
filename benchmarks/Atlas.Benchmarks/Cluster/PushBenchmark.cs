using System.Diagnostics;
using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Silo;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Playbooks;

namespace Atlas.Benchmarks.Cluster;

/// <summary>Measures how long after the acknowledgement of a change the last of many watches has received it.</summary>
internal sealed class PushBenchmark(SharedPostgres postgres) : IBenchmark
{
    private const int Clients = 4;
    private const int WatchesPerClient = 16;
    private const int Changes = 60;

    public string Name => "push";

    public string Description =>
        "From the acknowledgement of a rollback until the last of 64 watches of 4 clients has the playbook, and how long the rollback takes, with 2 silos.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var address = await SmallKeys.DatabaseAsync(postgres, "push", keys: 1);
        await using var silos = await SiloProcesses.StartAsync(address, 2, cancellationToken);
        var clients = new List<IAtlasClient>();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            for (var number = 0; number < Clients; number++)
            {
                clients.Add(await AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = address }, cancellationToken));
            }

            return await MeasureAsync(clients, over);
        }
        finally
        {
            await over.CancelAsync();
            foreach (var client in clients)
            {
                await client.DisposeAsync();
            }
        }
    }

    private async Task<BenchmarkReport> MeasureAsync(IReadOnlyList<IAtlasClient> clients, CancellationTokenSource over)
    {
        const string Key = "benchmark/pushed";
        var by = new Attribution("benchmark", null);
        foreach (var text in (string[])["Look the order up first.", "Ask for the number of the order."])
        {
            await clients[0].ImportAsync(Key, LearnedPlaybook.Empty with { StudentPreface = text }, by, over.Token);
        }

        var version = 2;
        var board = new ArrivalBoard(Clients * WatchesPerClient);
        var watches = clients.SelectMany(client => Enumerable.Repeat(client, WatchesPerClient))
            .Select(client => Task.Run(() => board.WatchAsync(client, Key, over.Token))).ToArray();
        await board.AllHaveAsync(version, over.Token);

        var (lasted, spread) = (new double[Changes], new double[Changes]);
        for (var change = 0; change < Changes; change++)
        {
            // Alternates between the two texts, each time as a new version.
            var began = Stopwatch.GetTimestamp();
            version = (await clients[0].RollbackAsync(Key, 1 + (change % 2), by, over.Token)).Version;
            var acknowledged = Stopwatch.GetTimestamp();
            var last = await board.AllHaveAsync(version, over.Token);
            lasted[change] = Stopwatch.GetElapsedTime(began, acknowledged).TotalMicroseconds;
            spread[change] = Math.Max(0, Stopwatch.GetElapsedTime(acknowledged, last).TotalMicroseconds);
        }

        await over.CancelAsync();
        await Task.WhenAll(watches);
        return new BenchmarkReport(
            [
                new Measurement($"{Name}/rollback", Spread.Of(lasted), "us", Changes),
                new Measurement($"{Name}/acknowledged-to-last", Spread.Of(spread), "us", Changes),
            ],
            []);
    }
}
