using System.Diagnostics;
using Atlas.Client;
using Atlas.Cluster.Processes;
using Atlas.Contracts;
using Atlas.Contracts.Sessions;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cluster.Faults;

public sealed class DiskFullTests
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_full_disk_fails_writes_with_a_sentence_spares_reads_and_loses_nothing()
    {
        using var disk = SmallDisk.Mount(megabytes: 300);
        await using var run = await FaultRun.StartAsync(silos: 1, FaultSeed.Take(), postgresFolder: Path.Combine(disk.Path, "postgres"));
        await using var client = await run.Cluster.ConnectAsync(retryFor: TimeSpan.FromSeconds(1));
        var session = await client.StartSessionAsync(new StartSession("Fill the disk", "disk/full"));

        disk.Fill(leavingBytes: 256 * 1024);
        var failure = await FillAsync(session);

        Assert.Contains("database", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, (await client.ResolveAsync("disk/full")).Version);

        disk.Free();
        if (!(await run.Cluster.Postgres.StatusAsync()).Running)
        {
            // PostgreSQL itself gives up where its log finds no room; who runs it starts it again.
            FaultSeed.Say($"PostgreSQL ended when its disk was full, and was started again.");
            await run.Cluster.Postgres.StartAsync();
        }

        await run.RecoveredAsync(Stopwatch.GetTimestamp(), Most, "the full disk");
        await Eventually.TrueAsync(() => SucceedsAsync(session), Most, "an append to the session that filled the disk");
        await run.DemandNothingLostAsync();
    }

    private static async Task<Exception> FillAsync(AtlasSession session)
    {
        // Text that does not compress, a quarter of a megabyte at a time.
        var random = new Random(1);
        for (var append = 0; append < 2000; append++)
        {
            var bytes = new byte[192 * 1024];
            random.NextBytes(bytes);
            try
            {
                await session.AppendAsync(TrajectoryEvent.Message(Convert.ToBase64String(bytes)));
            }
            catch (Exception failure) when (failure is AtlasUnavailableException or AtlasRefusedException)
            {
                return failure;
            }
        }

        throw new InvalidOperationException("The disk was not full.");
    }

    private static async Task<bool> SucceedsAsync(AtlasSession session)
    {
        try
        {
            await session.AppendAsync(TrajectoryEvent.Message("There is room again."));
            return true;
        }
        catch (AtlasUnavailableException)
        {
            return false;
        }
    }
}
