using Atlas.Benchmarks.Harness;

namespace Atlas.Benchmarks.Silo;

/// <summary>Whether reading a playbook costs more the more sessions its key has behind it.</summary>
internal sealed class ResolveBenchmark(HistorySilos silos) : IBenchmark
{
    public string Name => "resolve";

    public string Description =>
        "Resolves a playbook of 50 entries through its grain, within the silo's process, after 100, 10,000 and 1,000,000 sessions.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var comparison = await rounds.CompareAsync(
            [.. (await silos.GetAsync(cancellationToken)).Select(silo =>
                Contestant.Of(silo.Name, async () => GC.KeepAlive(await silo.Key.Resolve())))],
            cancellationToken);
        return new BenchmarkReport(
            [.. comparison.Measurements(Name)],
            [comparison.Ratio("resolve_1e6_vs_1e2", "1e6", "1e2"), comparison.Ratio("resolve_1e4_vs_1e2", "1e4", "1e2")]);
    }
}
