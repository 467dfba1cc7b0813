using System.Diagnostics;
using Atlas.Cluster.Processes;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cluster.Faults;

public sealed class PostgresTests
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_database_that_restarts_or_stands_still_under_load_costs_time_and_nothing_else()
    {
        await using var run = await FaultRun.StartAsync(silos: 2, FaultSeed.Take());
        var silos = run.Cluster.Silos.Select(silo => silo.Id).ToList();

        Assert.True(await run.Cluster.Postgres.StopAsync());
        await Eventually.AfterAsync(TimeSpan.FromSeconds(2));
        await run.Cluster.Postgres.StartAsync();
        var restarted = await run.RecoveredAsync(Stopwatch.GetTimestamp(), Most, "the restart of PostgreSQL");
        run.NextRound();
        await run.RecoveredAsync(Stopwatch.GetTimestamp(), Most, "new heads");

        var status = await run.Cluster.Postgres.StatusAsync();
        using (FrozenPostgres.Freeze(status.ProcessId!.Value))
        {
            await Eventually.AfterAsync(TimeSpan.FromSeconds(7));
        }

        var woken = await run.RecoveredAsync(Stopwatch.GetTimestamp(), Most, "the pause of PostgreSQL");
        FaultSeed.Say($"full speed {restarted.TotalSeconds:0.0} s after a restart of PostgreSQL, {woken.TotalSeconds:0.0} s after a pause");

        await run.DemandNothingLostAsync();
        Assert.Equal(silos, run.Cluster.Silos.Select(silo => silo.Id));
        Assert.All(run.Cluster.Silos, silo => Assert.False(silo.HasEnded, "a silo gave up because its database was away"));
    }
}
