using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Silo;
using Atlas.Contracts.Playbooks;

namespace Atlas.Benchmarks.Life;

/// <summary>Measures the memory that keys use beyond their playbooks.</summary>
/// <remarks>The result is the bytes of live objects after a full collection, before and after. <c>idle</c>: keys that exist only in the
/// database; <c>active</c>: keys whose playbook was resolved and that have counted a session. Subtracted is the playbook of a key as its
/// activation holds it: texts and entries.</remarks>
internal sealed class MemoryBenchmark(SharedPostgres postgres) : IBenchmark
{
    private const int Keys = 100_000;
    private const int AtOnce = 256;

    public string Name => "memory";

    public string Description => "Bytes of memory for each of 100,000 keys without a playbook, idle and active.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var address = await SmallKeys.EmptyKeysAsync(postgres, "memory", Keys);
        var bare = Measure();
        await using var silo = await BenchmarkSilo.StartAsync(address, "silo-memory");
        var first = silo.Grains.GetGrain<ILearningKeyGrain>("first");
        await first.Resolve();
        var before = Measure();

        // Idle keys: they are in the database, and the silo has at most a thousandth of them in memory.
        var idle = (before - bare) / Keys;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Keys),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (number, _) => await silo.Grains.GetGrain<ILearningKeyGrain>(SmallKeys.Name(number)).Resolve());
        var resolved = (Measure() - before) / Keys;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Keys),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (number, _) => await silo.Grains.GetGrain<ILearningKeyGrain>(SmallKeys.Name(number)).Record(SmallKeys.Next(1)));
        var active = (Measure() - before) / Keys;
        GC.KeepAlive(first);
        return new BenchmarkReport(
            [Bytes("idle", idle), Bytes("resolved", resolved), Bytes("active", active)],
            [new Ratio("memory_limit_vs_active_key", 10_000 / active, 10_000 / active, 10_000 / active)]);
    }

    private Measurement Bytes(string what, double bytes) => new($"{Name}/{what}", new Spread(bytes, bytes, bytes), "bytes", Keys);

    private static double Measure()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
