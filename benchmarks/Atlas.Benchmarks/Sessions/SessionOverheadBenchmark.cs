using Atlas.Benchmarks.Harness;
using Atlas.Configuration;
using Atlas.Configuration.Orchestration;
using Atlas.Domain;
using Atlas.Runtime;
using Atlas.Runtime.Agents;

namespace Atlas.Benchmarks.Sessions;

/// <summary>Measures the overhead of a session besides its models and its cluster.</summary>
internal sealed class SessionOverheadBenchmark : IBenchmark
{
    private const int Measured = 200;

    public string Name => "session-overhead";

    public bool IsQuick => true;

    public string Description =>
        "Runs a whole session in each mode with models and a cluster that answer at once: time, and bytes that are allocated.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        (string Name, AtlasRuntime Runtime)[] modes =
        [
            ("auto", RuntimeFor(SupervisionMode.Auto, OrchestrationFlow.Stepwise)),
            ("paired", RuntimeFor(SupervisionMode.Paired, OrchestrationFlow.Stepwise)),
            ("coach", RuntimeFor(SupervisionMode.Coach, OrchestrationFlow.Stepwise)),
            ("paired-single-shot", RuntimeFor(SupervisionMode.Paired, OrchestrationFlow.SingleShot)),
            ("coach-single-shot", RuntimeFor(SupervisionMode.Coach, OrchestrationFlow.SingleShot)),
        ];
        var comparison = await rounds.CompareAsync([.. modes.Select(mode => Contestant.Of(mode.Name, () => RunAsync(mode.Runtime)))], cancellationToken);
        var allocations = new List<Measurement>();
        foreach (var (name, runtime) in modes)
        {
            allocations.Add(await AllocatedAsync($"{Name}/{name}/allocated", runtime, cancellationToken));
        }

        return new BenchmarkReport(
            [.. comparison.Measurements(Name), .. allocations],
            [comparison.Ratio("session_overhead_auto_vs_coach", "auto", "coach")]);
    }

    /// <summary>Measures allocations. Nothing else runs in this process at the same time, so all allocations belong to the
    /// session.</summary>
    private static async Task<Measurement> AllocatedAsync(string name, AtlasRuntime runtime, CancellationToken cancellationToken)
    {
        var samples = new double[Measured];
        for (var index = 0; index < samples.Length; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await RunAsync(runtime);
            samples[index] = GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        return new Measurement(name, Spread.Of(samples), "bytes", samples.Length);
    }

    private static async Task RunAsync(AtlasRuntime runtime)
    {
        var result = await runtime.RunAsync(new RunRequest("Refund order 1042"));
        if (result.Status is not SessionStatus.Succeeded || result.Warnings.Length > 0)
        {
            throw new InvalidOperationException($"The session did not run as it should: {result.Error ?? result.Warnings.FirstOrDefault()}");
        }
    }

    private static AtlasRuntime RuntimeFor(SupervisionMode mode, OrchestrationFlow flow) => new(
        InstantCluster.Create(),
        new RuntimeParts
        {
            Agent = new ChatClientAgent(InstantChat.Student, "bench", "You work at the order desk."),
            Teacher = InstantChat.Teacher,
        },
        new AtlasConfiguration { Orchestration = new OrchestrationOptions { ForcedMode = mode, Flow = flow } });
}
