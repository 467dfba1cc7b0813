using System.Globalization;
using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Life;
using Atlas.Benchmarks.Silo;
using Atlas.Client;

namespace Atlas.Benchmarks.Cluster;

/// <summary>Compares one, two and four silos on one machine and one database.</summary>
/// <remarks>The silos share the machine's processors with the database and the client. The result therefore shows the cost of more silos
/// there, not their benefit on separate machines.</remarks>
internal sealed class SilosBenchmark(SharedPostgres postgres) : IBenchmark
{
    private const int Keys = 64;
    private static readonly int[] Sizes = [1, 2, 4];

    public string Name => "silos";

    public string Description => "Resolves one hot key, and runs whole sessions on 64 keys, with one, two and four silos.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var clusters = new List<(SiloProcesses Silos, IAtlasClient Client)>();
        try
        {
            foreach (var size in Sizes)
            {
                var address = await SmallKeys.DatabaseAsync(postgres, string.Create(CultureInfo.InvariantCulture, $"silos_{size}"), Keys);
                var silos = await SiloProcesses.StartAsync(address, size, cancellationToken);
                clusters.Add((silos, await AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = address }, cancellationToken)));
            }

            var resolves = await rounds.Throughputs(9, seconds: 1).CompareAsync(
                [.. clusters.Select(cluster => Throughput.Of(
                    NameOf(cluster.Silos), Keys, _ => cluster.Client.ResolveAsync(SmallKeys.Name(0), cancellationToken)))],
                cancellationToken);
            var sessions = await rounds.Throughputs(9, seconds: 2).CompareAsync(
                [.. clusters.Select(cluster => Throughput.Of(
                    NameOf(cluster.Silos), Keys, caller => SessionLifeBenchmark.LiveAsync(cluster.Client, SmallKeys.Name(caller), events: 2)))],
                cancellationToken);
            return new BenchmarkReport(
                [.. resolves.Measurements($"{Name}/resolve"), .. sessions.Measurements($"{Name}/session")],
                [
                    resolves.Ratio("hot_resolve_4_silos_vs_1", "4", "1"),
                    sessions.Ratio("sessions_4_silos_vs_1", "4", "1"),
                    sessions.Ratio("sessions_2_silos_vs_1", "2", "1"),
                ]);
        }
        finally
        {
            foreach (var (silos, client) in clusters)
            {
                await client.DisposeAsync();
                await silos.DisposeAsync();
            }
        }
    }

    private static string NameOf(SiloProcesses silos) => silos.Count.ToString(CultureInfo.InvariantCulture);
}
