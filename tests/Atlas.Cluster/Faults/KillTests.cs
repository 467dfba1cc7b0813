using System.Diagnostics;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cluster.Faults;

public sealed class KillTests
{
    // The promise is twenty seconds; a machine that runs other tests beside these gets twice that.
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(FaultSeed.IsLong ? 20 : 40);

    /// <param name="storage">How silos store the states of their grains.</param>
    [Theory]
    [InlineData("grouped")]
    [InlineData("adonet")]
    public async Task Random_kills_of_silos_under_load_lose_nothing_count_nothing_twice_and_are_overcome_soon(string storage)
    {
        var settings = new Dictionary<string, string> { ["Atlas__Silo__GrainStorage"] = storage };
        await using var run = await FaultRun.StartAsync(silos: 3, FaultSeed.Take(), settings);
        var times = new List<double>();
        for (var kill = 1; kill <= FaultSeed.Kills; kill++)
        {
            var silo = run.Cluster.Silos[run.Random.Next(run.Cluster.Silos.Count)];
            await Eventually.AfterAsync(TimeSpan.FromMilliseconds(run.Random.Next(200, 1500)));
            var killed = Stopwatch.GetTimestamp();
            await silo.KillAsync();

            // Half of the silos come back at once, as a supervisor would have it; the others only when the cluster has moved on.
            var atOnce = run.Random.Next(2) == 0;
            if (atOnce)
            {
                await run.Cluster.StartAgainAsync(silo);
            }

            var recovered = await run.RecoveredAsync(killed, Most, $"kill {kill} of {silo.Spec.Name}");
            times.Add(recovered.TotalSeconds);
            FaultSeed.Say($"kill {kill} of {silo.Spec.Name}, {(atOnce ? "started again at once" : "left dead")}: full speed after {recovered.TotalSeconds:0.0} s");
            if (!atOnce)
            {
                await run.Cluster.StartAgainAsync(silo);
                await run.RecoveredAsync(Stopwatch.GetTimestamp(), Most, $"the return of {silo.Spec.Name}");
            }

            run.NextRound();
            await run.RecoveredAsync(Stopwatch.GetTimestamp(), Most, "new heads");
        }

        await run.DemandNothingLostAsync();
        times.Sort();
        FaultSeed.Say($"{times.Count} kills with {storage} storage: full speed after {times[times.Count / 2]:0.0} s in the median, {times[^1]:0.0} s at most");
    }
}
