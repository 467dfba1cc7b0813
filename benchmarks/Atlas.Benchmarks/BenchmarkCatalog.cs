using Atlas.Benchmarks.Cues;
using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Outcomes;
using Atlas.Benchmarks.Sessions;
using Atlas.Benchmarks.Silo;

namespace Atlas.Benchmarks;

/// <summary>All benchmarks. A new one is a class that implements <see cref="IBenchmark"/> and a line here.</summary>
internal sealed class BenchmarkCatalog : IAsyncDisposable
{
    private readonly HistorySilos _silos = new();

    public BenchmarkCatalog() => All =
    [
        new CueDetectionBenchmark(),
        new FoldOutcomeBenchmark(),
        new WriteRecordBenchmark(),
        new ResolveBenchmark(_silos),
        new DurableOutcomeBenchmark(_silos),
        new SessionOverheadBenchmark(),
    ];

    public IReadOnlyList<IBenchmark> All { get; }

    /// <summary>The benchmark of that name; null if there is none.</summary>
    public IBenchmark? Find(string name) => All.FirstOrDefault(benchmark => benchmark.Name == name);

    public ValueTask DisposeAsync() => _silos.DisposeAsync();
}
