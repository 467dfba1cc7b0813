using Atlas.Benchmarks.Cues;
using Atlas.Benchmarks.Cluster;
using Atlas.Benchmarks.Commands;
using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Http;
using Atlas.Benchmarks.Life;
using Atlas.Benchmarks.Outcomes;
using Atlas.Benchmarks.Proxies;
using Atlas.Benchmarks.Reads;
using Atlas.Benchmarks.Sessions;
using Atlas.Benchmarks.Silo;
using Atlas.Benchmarks.Throughputs;

namespace Atlas.Benchmarks;

/// <summary>All benchmarks. To add one, implement <see cref="IBenchmark"/> and add a line here.</summary>
internal sealed class BenchmarkCatalog : IAsyncDisposable
{
    private readonly SharedPostgres _postgres = new();
    private readonly HistorySilos _silos;

    public BenchmarkCatalog()
    {
        _silos = new HistorySilos(_postgres);
        All =
        [
            new CueDetectionBenchmark(),
            new FoldOutcomeBenchmark(),
            new WriteRecordBenchmark(),
            new HistoryBenchmark(_silos),
            new ResolveBenchmark(_postgres),
            new HttpBenchmark(_postgres),
            new ProxyBenchmark(_postgres),
            new ProxyMemoryBenchmark(_postgres),
            new OutcomesBenchmark(_postgres),
            new SessionLifeBenchmark(_postgres),
            new HotKeyBenchmark(_postgres),
            new MemoryBenchmark(_postgres),
            new BytesBenchmark(_postgres),
            new SilosBenchmark(_postgres),
            new ScaleBenchmark(_postgres),
            new PushBenchmark(_postgres),
            new FailoverBenchmark(_postgres),
            new SessionOverheadBenchmark(),
            new CommandLineBenchmark(_postgres),
        ];
    }

    public IReadOnlyList<IBenchmark> All { get; }

    /// <summary>Returns the benchmark with a name; null if there is none.</summary>
    public IBenchmark? Find(string name) => All.FirstOrDefault(benchmark => benchmark.Name == name);

    public async ValueTask DisposeAsync()
    {
        await _silos.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
