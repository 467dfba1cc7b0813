using System.Text.Json;
using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Histories;
using Atlas.Contracts.Playbooks;

namespace Atlas.Benchmarks.Silo;

/// <summary>Measures whether reading a playbook, or counting a session durably, gets more expensive with the number of the key's
/// sessions.</summary>
/// <remarks>The sessions do not teach, because a concurrent synthesis would be measured too.</remarks>
internal sealed class HistoryBenchmark(HistorySilos silos) : IBenchmark
{
    public string Name => "history";

    public string Description =>
        "Resolves a playbook of 50 entries in the silo's process, and counts a session until PostgreSQL has committed it, after 100, 10,000 and 1,000,000 sessions.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var ready = await silos.GetAsync(cancellationToken);
        var resolve = await rounds.CompareAsync(
            [.. ready.Select(silo => Contestant.Of(silo.Name, async () => GC.KeepAlive(await silo.Key.Resolve())))], cancellationToken);
        var outcome = await rounds.CompareAsync([.. ready.Select(CountOn)], cancellationToken);
        Ratio[] worst =
        [
            resolve.Ratio("history_1e6_vs_1e2", "1e6", "1e2"),
            outcome.Ratio("history_1e6_vs_1e2", "1e6", "1e2"),
        ];
        return new BenchmarkReport(
            [.. resolve.Measurements("resolve"), .. outcome.Measurements("durable-outcome")],
            [
                worst.MinBy(ratio => ratio.Median)!,
                resolve.Ratio("resolve_1e6_vs_1e2", "1e6", "1e2"),
                resolve.Ratio("resolve_1e4_vs_1e2", "1e4", "1e2"),
                outcome.Ratio("durable_outcome_1e6_vs_1e2", "1e6", "1e2"),
                outcome.Ratio("durable_outcome_1e4_vs_1e2", "1e4", "1e2"),
            ]);
    }

    private static Contestant CountOn(HistorySilo silo)
    {
        var last = silo.Sessions;
        return Contestant.Of(silo.Name, async () =>
        {
            var outcome = SampleSessions.OutcomeOf(++last);
            var told = new FinishedSession(outcome, Teaches: false);
            if (await silo.Key.Record(told) is { Counted: false })
            {
                throw new InvalidOperationException($"Session {outcome.SessionId} had been counted before; nothing was written.");
            }
        });
    }
}
