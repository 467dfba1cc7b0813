using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Silo;
using Atlas.Contracts.Playbooks;

namespace Atlas.Benchmarks.Reads;

/// <summary>What resolving costs beside a grain that hands out the same value and does nothing else.</summary>
internal sealed class ResolveBenchmark(SharedPostgres postgres) : IBenchmark
{
    private const int Callers = 64;

    public string Name => "resolve";

    public string Description =>
        "Resolves a playbook within the silo's process and from a client in another process, against a bare grain with the same payload.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var address = await SmallKeys.DatabaseAsync(postgres, "resolve", keys: 1);
        await using var silo = await BenchmarkSilo.StartAsync(address, "silo-resolve");
        var key = silo.Grains.GetGrain<ILearningKeyGrain>(SmallKeys.Name(0));
        var bare = silo.Grains.GetGrain<IBareGrain>(SmallKeys.Name(0));
        await bare.Set(await key.Resolve());

        var inside = await rounds.CompareAsync(
            [
                Contestant.Of("inproc", async () => GC.KeepAlive(await key.Resolve())),
                Contestant.Of("bare-inproc", async () => GC.KeepAlive(await bare.Get())),
            ],
            cancellationToken);
        await using var client = await ClientProcess.StartAsync(address, cancellationToken);
        var (one, many) = (new ReadOrder(SmallKeys.Name(0), 1), new ReadOrder(SmallKeys.Name(0), Callers));
        var outside = await new ThroughputRounds(rounds: 15, seconds: 0.6).CompareAsync(
            [
                new Throughput("client-1", client.Rate(one with { What = "resolve" })),
                new Throughput("bare-client-1", client.Rate(one with { What = "bare" })),
                new Throughput("client-64", client.Rate(many with { What = "resolve" })),
                new Throughput("bare-client-64", client.Rate(many with { What = "bare" })),
                new Throughput("relaxed-client-64", client.Rate(many with { What = "relaxed" })),
            ],
            cancellationToken);
        return new BenchmarkReport(
            [.. inside.Measurements(Name), .. outside.Measurements(Name)],
            [
                inside.Ratio("resolve_inproc_vs_bare", "inproc", "bare-inproc"),
                outside.Ratio("resolve_client_vs_bare", "client-64", "bare-client-64"),
                outside.Ratio("resolve_client_one_caller_vs_bare", "client-1", "bare-client-1"),
            ]);
    }
}
