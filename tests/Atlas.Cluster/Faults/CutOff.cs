using System.Diagnostics;
using Atlas.Cluster.Histories;
using Atlas.Cluster.Network;
using Atlas.Contracts;
using Atlas.Testing;
using Orleans.Runtime;
using Xunit;

namespace Atlas.Cluster.Faults;

/// <summary>A silo is cut off from the database and from all other silos, but not from a client that reads its keys all the time.</summary>
internal static class CutOff
{
    private const int Keys = 12;
    private const int Dead = 6;
    private const int ReadsAfterwards = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(3);

    /// <summary>Cuts a silo off until others have changed every key that it knew, reading them from it to the end, and demands that none of its answers was old.</summary>
    public static async Task RunAsync(FaultRun run, Lan lan)
    {
        var silo = run.Cluster.Silos[run.Random.Next(run.Cluster.Silos.Count)];
        await using var direct = await run.Cluster.ConnectAsync(silo.Spec, Answer);
        await using var elsewhere = await run.Cluster.ConnectAsync(responseTimeout: Answer);
        var heads = Enumerable.Range(0, Keys).Select(number => new HeadHistory($"cut/{number}")).ToList();
        await Task.WhenAll(heads.Select(head => head.ImportAsync(direct.Grains, "Before it was cut off.")));

        foreach (var other in lan.Hosts.Select(host => host.Name).Where(name => name != silo.Spec.Name && name != Lan.Client))
        {
            lan.BothWays(silo.Spec.Name, other, Way.None);
        }

        var cut = Stopwatch.GetTimestamp();
        using var over = new CancellationTokenSource();
        var readers = heads.Select(head => new Reader(head)).ToList();
        var reading = readers.Select(reader => Task.Run(() => reader.ReadAsync(direct.Grains, over.Token))).ToList();
        await Eventually.TrueAsync(async () => await run.Cluster.MembershipAsync(silo) == Dead, Patience, "the silo that was cut off declared dead");
        var declared = Stopwatch.GetElapsedTime(cut);
        await Task.WhenAll(heads.Select(head => Eventually.TrueAsync(() => ChangedAsync(head, elsewhere), Patience, $"a change of {head.Key}")));
        var changed = Stopwatch.GetElapsedTime(cut);

        // It goes on being asked after it is certain that it knows nothing new.
        var asked = readers.Select(reader => reader.Asked).ToList();
        await Eventually.TrueAsync(() => readers.Zip(asked).All(pair => pair.First.Asked >= pair.Second + ReadsAfterwards), Patience, "reads after the changes");
        await over.CancelAsync();
        await Task.WhenAll(reading);

        FaultSeed.Say($"{silo.Spec.Name} was cut off, declared dead after {declared.TotalSeconds:0.0} s, all its keys were changed after {changed.TotalSeconds:0.0} s; it answered {readers.Sum(reader => reader.Answered)} of {readers.Sum(reader => reader.Asked)} reads, the last {readers.Max(reader => Stopwatch.GetElapsedTime(cut, reader.LastAnswer).TotalSeconds):0.0} s after the cut");
        Assert.Contains(readers, reader => reader.Answered > 0);
        HistoryCheck.Demand(heads);
        lan.Heal();
        await silo.EndsByItselfAsync(Patience);
        Assert.NotEqual(0, silo.ExitCode);
    }

    private static async Task<bool> ChangedAsync(HeadHistory head, Atlas.Client.IAtlasClient client)
    {
        try
        {
            await head.ImportAsync(client, "While it was cut off.");
            return true;
        }
        catch (AtlasUnavailableException)
        {
            return false;
        }
    }

    /// <summary>Reads one head all the time.</summary>
    private sealed class Reader(HeadHistory head)
    {
        private int _asked;
        private int _answered;
        private long _last;

        public int Asked => Volatile.Read(ref _asked);

        public int Answered => Volatile.Read(ref _answered);

        public long LastAnswer => Volatile.Read(ref _last);

        public async Task ReadAsync(IGrainFactory gateway, CancellationToken cancellation)
        {
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            while (!cancellation.IsCancellationRequested)
            {
                try
                {
                    await head.ResolveAsync(gateway);
                    Interlocked.Increment(ref _answered);
                    Volatile.Write(ref _last, Stopwatch.GetTimestamp());
                }
                catch (Exception refused) when (refused is AtlasUnavailableException or OrleansException or TimeoutException)
                {
                    // It cannot tell any more whether it may answer.
                }

                Interlocked.Increment(ref _asked);
                await pace.WaitForNextTickAsync(CancellationToken.None);
            }
        }
    }
}
