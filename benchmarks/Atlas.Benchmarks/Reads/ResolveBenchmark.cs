using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Silo;
using Atlas.Contracts.Playbooks;
using Atlas.Identity;

namespace Atlas.Benchmarks.Reads;

/// <summary>Measures the cost of resolving compared with a grain that only returns the same value.</summary>
internal sealed class ResolveBenchmark(SharedPostgres postgres) : IBenchmark
{
    private const int Callers = 64;

    public string Name => "resolve";

    public bool IsQuick => true;

    public string Description =>
        "Resolves a playbook within the silo's process and from a client in another process, against a bare grain with the same payload.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var address = await SmallKeys.DatabaseAsync(postgres, "resolve", keys: 1);
        await using var silo = await BenchmarkSilo.StartAsync(address, "silo-resolve");
        var key = silo.Grains.GetGrain<ILearningKeyGrain>(SmallKeys.Name(0));
        var bare = silo.Grains.GetGrain<IBareGrain>(SmallKeys.Name(0));
        await bare.Set(await key.Resolve());

        // The same in a cluster with a secret: every connection authenticates, every call carries a ticket, and the filter reads it.
        var secret = ClusterSecret.Random();
        var guardedAddress = await SmallKeys.DatabaseAsync(postgres, "resolve_guarded", keys: 1);
        await using var guardedSilo = await BenchmarkSilo.StartAsync(guardedAddress, "silo-resolve-guarded", $"--Atlas:Secret={secret}");
        var guardedKey = guardedSilo.Grains.GetGrain<ILearningKeyGrain>(SmallKeys.Name(0));

        var inside = await rounds.CompareAsync(
            [
                Contestant.Of("inproc", async () => GC.KeepAlive(await key.Resolve())),
                Contestant.Of("bare-inproc", async () => GC.KeepAlive(await bare.Get())),
                Contestant.Of("guarded-inproc", async () => GC.KeepAlive(await guardedKey.Resolve())),
            ],
            cancellationToken);
        await using var client = await ClientProcess.StartAsync(address, credential: null, cancellationToken);
        await using var guarded = await ClientProcess.StartAsync(guardedAddress, ClusterSecret.Of(secret).Issue("runtime", "benchmark"), cancellationToken);
        var (one, many) = (new ReadOrder(SmallKeys.Name(0), 1), new ReadOrder(SmallKeys.Name(0), Callers));
        var outside = await rounds.Throughputs(15, seconds: 0.6).CompareAsync(
            [
                new Throughput("client-1", client.Rate(one with { What = "resolve" })),
                new Throughput("bare-client-1", client.Rate(one with { What = "bare" })),
                new Throughput("client-64", client.Rate(many with { What = "resolve" })),
                new Throughput("guarded-client-1", guarded.Rate(one with { What = "resolve" })),
                new Throughput("guarded-client-64", guarded.Rate(many with { What = "resolve" })),
                new Throughput("bare-client-64", client.Rate(many with { What = "bare" })),
                new Throughput("relaxed-client-64", client.Rate(many with { What = "relaxed" })),
            ],
            cancellationToken);
        return new BenchmarkReport(
            [.. inside.Measurements(Name), .. outside.Measurements(Name)],
            [
                inside.Ratio("resolve_inproc_vs_bare", "inproc", "bare-inproc"),
                inside.Ratio("resolve_guarded_inproc_vs_open", "guarded-inproc", "inproc"),
                outside.Ratio("resolve_guarded_client_vs_open", "guarded-client-64", "client-64"),
                outside.Ratio("resolve_guarded_client_one_caller_vs_open", "guarded-client-1", "client-1"),
                outside.Ratio("resolve_client_vs_bare", "client-64", "bare-client-64"),
                outside.Ratio("resolve_client_one_caller_vs_bare", "client-1", "bare-client-1"),
            ]);
    }
}
