using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Histories;
using Atlas.Grains.LearningKeys;
using Atlas.Hosting.Persistence;

namespace Atlas.Benchmarks.Outcomes;

/// <summary>Measures whether the data written for a key grows with its number of sessions.</summary>
internal sealed class WriteRecordBenchmark : IBenchmark
{
    public string Name => "write-record";

    public string Description => "Makes the JSON that is stored of a key with 50 entries, after 100, 10,000 and 1,000,000 sessions.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var serializer = new JsonGrainStorageSerializer();
        var comparison = await rounds.CompareAsync(
            [.. KeyHistory.Sizes.Select(size =>
            {
                var record = LearningKeyRecord.Of(KeyHistory.After("benchmark", size.Sessions), []);
                Console.Error.WriteLine($"  the record after {size.Sessions} sessions has {serializer.Serialize(record).ToMemory().Length} bytes");
                return Contestant.Of(size.Name, () => GC.KeepAlive(serializer.Serialize(record)));
            })],
            cancellationToken);
        return new BenchmarkReport(
            [.. comparison.Measurements(Name)],
            [comparison.Ratio("record_1e6_vs_1e2", "1e6", "1e2"), comparison.Ratio("record_1e4_vs_1e2", "1e4", "1e2")]);
    }
}
