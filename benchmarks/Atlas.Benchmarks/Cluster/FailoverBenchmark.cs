using System.Diagnostics;
using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Silo;
using Atlas.Client;
using Atlas.Contracts;

namespace Atlas.Benchmarks.Cluster;

/// <summary>Measures how long keys are unavailable when the machine of their silo dies.</summary>
internal sealed class FailoverBenchmark(SharedPostgres postgres) : IBenchmark
{
    private const int Keys = 60;
    private const int Deaths = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public string Name => "failover";

    public string Description =>
        "From kill -9 of one of three silos until every one of 60 keys answers a strict read again, and the mean over the keys.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var address = await SmallKeys.DatabaseAsync(postgres, "failover", Keys);
        await using var silos = await SiloProcesses.StartAsync(address, 3, cancellationToken);
        await using var client = await AtlasClient.ConnectAsync(
            new AtlasClientOptions { DatabaseUrl = address, ResponseTimeout = TimeSpan.FromSeconds(2), RetryFor = TimeSpan.Zero }, cancellationToken);
        var (all, mean) = (new double[Deaths], new double[Deaths]);
        for (var death = 0; death < Deaths; death++)
        {
            await ReachAllAsync(client, Stopwatch.GetTimestamp(), cancellationToken);
            var began = Stopwatch.GetTimestamp();
            silos.KillOldest();
            var reached = await ReachAllAsync(client, began, cancellationToken);
            (all[death], mean[death]) = (reached.Max() * 1000, reached.Average() * 1000);
            Console.Error.WriteLine(FormattableString.Invariant($"  death {death + 1} of {Deaths}: the last key after {reached.Max():0.0} s"));
            await silos.AddAsync(address, cancellationToken);
        }

        return new BenchmarkReport(
            [
                new Measurement($"{Name}/last-key", Spread.Of(all), "ms", Deaths),
                new Measurement($"{Name}/mean-key", Spread.Of(mean), "ms", Deaths * Keys),
            ],
            []);
    }

    /// <summary>Returns the seconds from <paramref name="began"/> until each key answered.</summary>
    private static Task<double[]> ReachAllAsync(IAtlasClient client, long began, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, Keys).Select(async key =>
        {
            while (Stopwatch.GetElapsedTime(began) < Patience)
            {
                try
                {
                    await client.ResolveAsync(SmallKeys.Name(key), cancellationToken);
                    return Stopwatch.GetElapsedTime(began).TotalSeconds;
                }
                catch (AtlasUnavailableException)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
                }
            }

            throw new TimeoutException($"The key {SmallKeys.Name(key)} did not answer within {Patience}.");
        }));
}
