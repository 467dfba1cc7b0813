using System.Diagnostics;
using Atlas.Cluster.Histories;
using Atlas.Cluster.Processes;
using Atlas.Contracts;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cluster.Faults;

public sealed class FreezeTests
{
    private const int Dead = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_silo_that_was_frozen_until_it_was_declared_dead_writes_nothing_reads_nothing_old_and_ends()
    {
        await using var run = await FaultRun.StartAsync(silos: 3, FaultSeed.Take());
        var frozen = run.Cluster.Silos[run.Random.Next(run.Cluster.Silos.Count)];
        await using var direct = await DirectGateway.ConnectAsync(frozen.Spec);
        var own = Enumerable.Range(0, 12).Select(number => new HeadHistory($"frozen/{number}")).ToList();
        await using var elsewhere = await run.Cluster.ConnectAsync();
        await Task.WhenAll(own.Select(head => head.ImportAsync(direct.Grains, "Before the frost.")));

        var began = Stopwatch.GetTimestamp();
        frozen.Freeze();

        // These lie in the silo's sockets; some of their keys live in it, so it will act on them when it wakes up.
        var stale = own.Select(head => head.ImportAsync(direct.Grains, "Of the frozen one.")).ToList();
        await Eventually.TrueAsync(async () => await run.Cluster.MembershipAsync(frozen) == Dead, Patience, "the frozen silo declared dead");
        var declared = Stopwatch.GetElapsedTime(began);
        await run.RecoveredAsync(began, Patience, "the frost");
        await Task.WhenAll(own.Select(head => Eventually.TrueAsync(
            () => AnsweredAsync(() => head.ImportAsync(elsewhere, "While it was frozen.")), Patience, $"a change of {head.Key}")));
        FaultSeed.Say($"a frozen silo was declared dead after {declared.TotalSeconds:0.0} s; full speed after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");

        // Reads that were sent after the changes above were acknowledged, to the silo that knows nothing of them.
        var reads = own.Select(head => head.ResolveAsync(direct.Grains)).ToList();
        frozen.Resume();
        await frozen.EndsByItselfAsync(Patience);

        Assert.NotEqual(0, frozen.ExitCode);
        await Task.WhenAll(stale.Concat(reads).Select(EndedAsync));
        Assert.Contains("declared dead", string.Join('\n', File.ReadLines(frozen.Log)), StringComparison.OrdinalIgnoreCase);
        await Task.WhenAll(own.Select(head => head.ResolveAsync(elsewhere)));
        HistoryCheck.Demand(own);
        await run.Cluster.StartAgainAsync(frozen);
        await run.RecoveredAsync(Stopwatch.GetTimestamp(), Patience, "the return of the silo");
        await run.DemandNothingLostAsync();
    }

    private static async Task<bool> AnsweredAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (AtlasUnavailableException)
        {
            return false;
        }
    }

    // Whether such a call is answered is up to the silo's last moments; what counts is that the history allows it.
    private static async Task EndedAsync(Task call) =>
        await call.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
}
