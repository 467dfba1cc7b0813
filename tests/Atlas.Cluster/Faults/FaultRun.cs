using System.Diagnostics;
using Atlas.Client;
using Atlas.Cluster.Histories;
using Atlas.Cluster.Load;
using Atlas.Cluster.Network;
using Atlas.Cluster.Processes;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cluster.Faults;

/// <summary>A cluster under load that has reached its usual speed.</summary>
internal sealed class FaultRun : IAsyncDisposable
{
    private const int HeadKeys = 9;
    private static readonly string[] SessionKeys = ["sessions/a", "sessions/b", "sessions/c", "sessions/d"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly List<HeadHistory> _past = [];
    private readonly IAtlasClient[] _clients;
    private int _round;

    private FaultRun(SiloCluster cluster, IAtlasClient[] clients, int seed)
    {
        (Cluster, _clients, Random) = (cluster, clients, new Random(seed));
        Load = new ClusterLoad(clients, Heads(), SessionKeys);
    }

    public SiloCluster Cluster { get; }

    public ClusterLoad Load { get; }

    public Random Random { get; }

    /// <param name="silos">How many silos.</param>
    /// <param name="seed">Where all choices come from.</param>
    /// <param name="settings">Environment of the silos.</param>
    /// <param name="postgresFolder">Where PostgreSQL keeps its data; null for a temporary folder.</param>
    /// <param name="lan">A network of their own; null for this machine's loopback.</param>
    public static async Task<FaultRun> StartAsync(
        int silos, int seed, IReadOnlyDictionary<string, string>? settings = null, string? postgresFolder = null, Lan? lan = null)
    {
        var cluster = await SiloCluster.StartAsync(silos, settings, postgresFolder, lan);
        try
        {
            var run = new FaultRun(cluster, [await cluster.ConnectAsync(), await cluster.ConnectAsync()], seed);
            run.Load.Start(seed);
            await run.WarmUpAsync();
            return run;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until everybody is served at the usual speed again, and returns how long that took.</summary>
    /// <param name="since">When the fault began, or ended.</param>
    /// <param name="most">The longest time allowed.</param>
    /// <param name="what">The fault.</param>
    public async Task<TimeSpan> RecoveredAsync(long since, TimeSpan most, string what)
    {
        try
        {
            await Eventually.TrueAsync(() => Load.Speed.IsFullSince(since), most, what);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{what}: no full speed within {most.TotalSeconds} s. {Load.Speed.Missing()}", late);
        }

        return Stopwatch.GetElapsedTime(since);
    }

    /// <summary>Checks the histories of the heads so far in the background of a new round with new ones.</summary>
    public void NextRound()
    {
        HistoryCheck.Demand(_past);
        _past.Clear();
        _past.AddRange(Load.ChangeHeads(Heads()));
        Load.Speed.Expect(Load.All);
    }

    /// <summary>Ends the load and demands that nothing acknowledged was lost, nothing applied twice and nothing read stale.</summary>
    public async Task DemandNothingLostAsync()
    {
        _past.AddRange(await Load.StopAsync());
        Assert.Empty(Load.Faults);
        HistoryCheck.Demand(_past);
        await Ledger.DemandAsync(Cluster, Load.Sessions);
        var completed = Load.Sessions.Count(session => session.Completed);
        FaultSeed.Say($"{completed} sessions completed, {Load.Failures.Count} calls without an answer, {_past.Sum(head => head.Seen.Count)} operations on heads in the last round.");
        Assert.True(completed > 0, "no session was completed");
    }

    public async ValueTask DisposeAsync()
    {
        await Load.DisposeAsync();
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await Cluster.DisposeAsync();
    }

    private async Task WarmUpAsync()
    {
        // Everybody was served at least once, and then once more at a steady pace.
        Load.Speed.TakeAsUsual(Load.All);
        for (var round = 0; round < 2; round++)
        {
            await RecoveredAsync(Stopwatch.GetTimestamp(), Patience, "warming up");
            Load.Speed.TakeAsUsual(Load.All);
        }
    }

    private IEnumerable<string> Heads()
    {
        _round++;
        return Enumerable.Range(0, HeadKeys).Select(number => $"head/{_round}/{number}");
    }
}
