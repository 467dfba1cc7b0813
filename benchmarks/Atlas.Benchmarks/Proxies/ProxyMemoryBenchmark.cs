using System.Diagnostics;
using System.Globalization;
using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Http;
using Atlas.Benchmarks.Silo;
using Atlas.Testing;

namespace Atlas.Benchmarks.Proxies;

/// <summary>Measures whether the memory of a silo stays constant while streams pass through its proxy.</summary>
internal sealed class ProxyMemoryBenchmark(SharedPostgres postgres) : IBenchmark
{
    private const int Calls = 100_000;
    private const int Parts = 5;
    private const int CallsOfSession = 100;
    private const int Callers = 32;

    public string Name => "proxy-memory";

    public string Description =>
        "Sends 100,000 streamed calls of 1,000 sessions through the learning proxy, as fast as they pass, and tells the managed memory in use after each fifth of them: after the last as much as after the first.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var address = await SmallKeys.DatabaseAsync(postgres, "proxy_memory", keys: 1);
        var ports = FreePorts.Find(2);
        await using var upstream = await ProxyBenchmark.UpstreamAsync(ports[0]);
        var configuration = Path.Combine(Path.GetTempPath(), $"atlas-bench-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(configuration, string.Create(
            CultureInfo.InvariantCulture, $"proxy: {{ session_idle_seconds: 2, upstreams: {{ openai: {{ base_url: \"http://127.0.0.1:{ports[0]}\" }} }} }}"), cancellationToken);
        try
        {
            await using var silo = await BenchmarkSilo.StartAsync(
                address, "silo-proxy-memory", BenchmarkSilo.WithoutTeaching, $"--ATLAS_CONFIG={configuration}", string.Create(CultureInfo.InvariantCulture, $"--Atlas:Http:Port={ports[1]}"));
            using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null });
            var proxy = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports[1]}/proxy/k/{Uri.EscapeDataString(SmallKeys.Name(0))}/openai");
            var measurements = new List<Measurement>();
            for (var part = 1; part <= Parts; part++)
            {
                var next = (part - 1) * Calls / Parts;
                await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
                {
                    for (int call; (call = Interlocked.Increment(ref next)) <= part * Calls / Parts;)
                    {
                        await ProxyBenchmark.AskAsync(client, proxy, call / CallsOfSession, streams: true, cancellationToken);
                    }
                }));
                measurements.Add(new Measurement($"{Name}/after-{part * Calls / Parts}", Spread.Of([await InUseAsync(cancellationToken)]), "MiB", Calls / Parts));
            }

            return new BenchmarkReport(measurements, []);
        }
        finally
        {
            File.Delete(configuration);
        }
    }

    /// <summary>Returns the managed memory in use, once pending records are stored and silent sessions have ended.</summary>
    private static async Task<double> InUseAsync(CancellationToken cancellationToken)
    {
        var (least, began) = (double.MaxValue, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(12))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            least = Math.Min(least, GC.GetTotalMemory(forceFullCollection: true) / 1024.0 / 1024.0);
        }

        return least;
    }
}
