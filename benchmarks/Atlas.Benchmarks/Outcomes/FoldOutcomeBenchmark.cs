using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Histories;

namespace Atlas.Benchmarks.Outcomes;

/// <summary>Measures whether counting a session gets more expensive with the number of sessions counted before.</summary>
internal sealed class FoldOutcomeBenchmark : IBenchmark
{
    public string Name => "fold-outcome";

    public bool IsQuick => true;

    public string Description => "Decides on and folds one session into a key with 50 entries, after 100, 10,000 and 1,000,000 sessions.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        KeyHistory.Verify();
        var comparison = await rounds.CompareAsync(
            [.. KeyHistory.Sizes.Select(size =>
            {
                var state = KeyHistory.After("benchmark", size.Sessions);
                var outcome = SampleSessions.OutcomeOf(size.Sessions + 1);
                return Contestant.Of(size.Name, () => GC.KeepAlive(KeyHistory.Observe(state, outcome)));
            })],
            cancellationToken);
        return new BenchmarkReport(
            [.. comparison.Measurements(Name)],
            [comparison.Ratio("outcome_1e6_vs_1e2", "1e6", "1e2"), comparison.Ratio("outcome_1e4_vs_1e2", "1e4", "1e2")]);
    }
}
