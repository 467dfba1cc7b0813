using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Silo;
using Atlas.Client;

namespace Atlas.Benchmarks.Life;

/// <summary>Measures whether sessions get slower because all of them share one learning key.</summary>
internal sealed class HotKeyBenchmark(SharedPostgres postgres) : IBenchmark
{
    private const int Sessions = 1000;

    public string Name => "hot-key";

    public string Description => "Runs 1,000 sessions at once (start, two events, completion) on one key, against 1,000 on as many keys.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var address = await SmallKeys.DatabaseAsync(postgres, "hot_key", Sessions + 1);
        await using var silo = await BenchmarkSilo.StartAsync(address, "silo-hot", BenchmarkSilo.WithoutTeaching);
        await using var client = await AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = address }, cancellationToken);
        var comparison = await rounds.Throughputs(9, seconds: 3).CompareAsync(
            [
                Throughput.Of("one-key", Sessions, _ => SessionLifeBenchmark.LiveAsync(client, SmallKeys.Name(Sessions), events: 2)),
                Throughput.Of("many-keys", Sessions, caller => SessionLifeBenchmark.LiveAsync(client, SmallKeys.Name(caller), events: 2)),
            ],
            cancellationToken);
        return new BenchmarkReport(
            [.. comparison.Measurements(Name)], [comparison.Ratio("hot_key_vs_many_keys", "one-key", "many-keys")]);
    }
}
