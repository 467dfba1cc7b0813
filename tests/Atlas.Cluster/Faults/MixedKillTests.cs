using System.Diagnostics;
using Atlas.Cluster.Processes;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cluster.Faults;

public sealed class MixedKillTests
{
    private const int OneInThree = 3;

    // A database that recovers from a crash and silos that find each other again in it, on a machine that runs other tests beside these.
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Kills_of_silos_and_of_the_postmaster_in_any_order_lose_nothing_and_count_nothing_twice()
    {
        await using var run = await FaultRun.StartAsync(silos: 3, FaultSeed.Take());
        var times = new List<double>();
        var postmasters = 0;
        for (var kill = 1; kill <= FaultSeed.Kills; kill++)
        {
            await Eventually.AfterAsync(TimeSpan.FromMilliseconds(run.Random.Next(200, 1500)));
            var killed = Stopwatch.GetTimestamp();

            // Two of three are of silos; the last is of the database, so that the short form has both.
            var ofDatabase = kill == FaultSeed.Kills || run.Random.Next(OneInThree) == 0;
            var what = ofDatabase ? await KillPostmasterAsync(run) : await KillSiloAsync(run);
            postmasters += ofDatabase ? 1 : 0;
            var recovered = await run.RecoveredAsync(killed, Most, $"kill {kill}, of {what}");
            times.Add(recovered.TotalSeconds);
            FaultSeed.Say($"kill {kill}, of {what}: full speed after {recovered.TotalSeconds:0.0} s");
            run.NextRound();
            await run.RecoveredAsync(Stopwatch.GetTimestamp(), Most, "new heads");
        }

        await run.DemandNothingLostAsync();
        times.Sort();
        FaultSeed.Say($"{times.Count} kills, {postmasters} of them of the postmaster: full speed after {times[times.Count / 2]:0.0} s in the median, {times[^1]:0.0} s at most");
    }

    private static async Task<string> KillSiloAsync(FaultRun run)
    {
        var silo = run.Cluster.Silos[run.Random.Next(run.Cluster.Silos.Count)];
        await silo.KillAsync();
        await run.Cluster.StartAgainAsync(silo);
        return silo.Spec.Name;
    }

    private static async Task<string> KillPostmasterAsync(FaultRun run)
    {
        var status = await run.Cluster.Postgres.StatusAsync();
        Signals.Send(status.ProcessId!.Value, Signals.Kill);
        await Eventually.TrueAsync(async () => !(await run.Cluster.Postgres.StatusAsync()).Running, Most, "the end of the postmaster");
        await run.Cluster.Postgres.StartAsync();
        return "the postmaster";
    }
}
