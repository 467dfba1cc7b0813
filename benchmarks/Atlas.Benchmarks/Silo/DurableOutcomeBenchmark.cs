using System.Text.Json;
using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Histories;
using Atlas.Contracts.Playbooks;
using Atlas.Learning.Json;

namespace Atlas.Benchmarks.Silo;

/// <summary>Whether counting a session durably costs more the more sessions were counted before.</summary>
/// <remarks>The sessions do not teach: a synthesis beside the measurement would be measured too.</remarks>
internal sealed class DurableOutcomeBenchmark(HistorySilos silos) : IBenchmark
{
    public string Name => "durable-outcome";

    public string Description =>
        "Counts a session through its key's grain until PostgreSQL has committed it, one at a time, after 100, 10,000 and 1,000,000 sessions.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var comparison = await rounds.CompareAsync(
            [.. (await silos.GetAsync(cancellationToken)).Select(ContestantOf)],
            cancellationToken);
        return new BenchmarkReport(
            [.. comparison.Measurements(Name)],
            [
                comparison.Ratio("durable_outcome_1e6_vs_1e2", "1e6", "1e2"),
                comparison.Ratio("durable_outcome_1e4_vs_1e2", "1e4", "1e2"),
            ]);
    }

    private static Contestant ContestantOf(HistorySilo silo)
    {
        var last = silo.Sessions;
        return Contestant.Of(silo.Name, async () =>
        {
            var outcome = SampleSessions.OutcomeOf(++last);
            var told = new FinishedSession(outcome.SessionId, JsonSerializer.Serialize(outcome, AtlasJson.Options), Teaches: false);
            if (await silo.Key.Record(told) is { Counted: false })
            {
                throw new InvalidOperationException($"Session {outcome.SessionId} had been counted before; nothing was written.");
            }
        });
    }
}
