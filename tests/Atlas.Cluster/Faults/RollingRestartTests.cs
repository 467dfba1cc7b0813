using System.Diagnostics;
using Atlas.Client;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cluster.Faults;

public sealed class RollingRestartTests
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Silos_that_are_restarted_one_after_the_other_fail_no_call()
    {
        await using var run = await FaultRun.StartAsync(silos: 3, FaultSeed.Take());
        foreach (var silo in run.Cluster.Silos.ToList())
        {
            var began = Stopwatch.GetTimestamp();
            await silo.StopAsync();
            Assert.Equal(0, silo.ExitCode);
            var stopped = Stopwatch.GetElapsedTime(began);
            await run.Cluster.StartAgainAsync(silo);
            await Eventually.AfterAsync(AtlasClientOptions.DefaultGatewayRefresh + TimeSpan.FromSeconds(1));
            await run.RecoveredAsync(Stopwatch.GetTimestamp(), Most, $"the restart of {silo.Spec.Name}");
            FaultSeed.Say($"{silo.Spec.Name} stopped within {stopped.TotalSeconds:0.0} s; {run.Load.Failures.Count} calls failed so far");
        }

        Assert.Empty(run.Load.Failures);
        await run.DemandNothingLostAsync();
    }
}
