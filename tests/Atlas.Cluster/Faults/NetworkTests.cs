using System.Diagnostics;
using Atlas.Cluster.Network;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cluster.Faults;

/// <summary>Silos, database and clients in network namespaces of their own, between which packets are late, overtake each other, get lost, or do not arrive at all.</summary>
public sealed class NetworkTests
{
    private const int Silos = 3;
    private const int Operations = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Whatever_the_network_does_nothing_acknowledged_is_lost_and_nothing_old_is_read_also_from_a_silo_that_only_its_clients_reach()
    {
        var seed = FaultSeed.Take();
        using var lan = Lan.Make(seed, Lan.Database, "silo-1", "silo-2", "silo-3");
        await using var run = await FaultRun.StartAsync(Silos, seed, lan: lan);

        await PoorAsync(run, lan);
        await CutOff.RunAsync(run, lan);
        await BackAsync(run, lan, "a silo that was cut off");
        for (var round = 1; round <= FaultSeed.NetworkRounds; round++)
        {
            await DisturbAsync(run, lan, round);
        }

        await run.DemandNothingLostAsync();
    }

    private static async Task PoorAsync(FaultRun run, Lan lan)
    {
        lan.Everywhere(Way.Poor);
        var began = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync(() => run.Load.Speed.DoneSince(began) >= Operations, Patience, "work on a poor network");
        FaultSeed.Say($"{Operations} operations in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s while packets were late, overtook each other and 1 % got lost");
        await BackAsync(run, lan, "a poor network");
    }

    private static async Task DisturbAsync(FaultRun run, Lan lan, int round)
    {
        var (one, other) = Two(lan, run.Random);
        var span = TimeSpan.FromSeconds(run.Random.Next(2, FaultSeed.IsLongNetwork ? 20 : 6));
        string what;
        switch (run.Random.Next(3))
        {
            case 0:
                what = $"nothing from {one} reaches {other}";
                lan.OneWay(one, other, Way.None);
                break;
            case 1:
                what = $"{one} and {other} do not reach each other";
                lan.BothWays(one, other, Way.None);
                break;
            default:
                what = $"{one} reaches nobody but {other}, on a poor network";
                lan.Everywhere(Way.Poor);
                foreach (var third in lan.Hosts.Select(host => host.Name).Where(name => name != one && name != other))
                {
                    lan.BothWays(one, third, Way.None);
                }

                break;
        }

        await Eventually.AfterAsync(span);
        await BackAsync(run, lan, $"round {round}, {span.TotalSeconds} s: {what}");
        run.NextRound();
    }

    /// <summary>Mends the network, and waits until everybody is served again. A silo that was declared dead ends, and is started again as a supervisor would.</summary>
    private static async Task BackAsync(FaultRun run, Lan lan, string after)
    {
        lan.Heal();
        var began = Stopwatch.GetTimestamp();
        var ended = 0;
        await Eventually.TrueAsync(
            async () =>
            {
                foreach (var silo in run.Cluster.Silos.Where(silo => silo.HasEnded).ToList())
                {
                    ended++;
                    await run.Cluster.StartAgainAsync(silo);
                }

                return run.Load.Speed.IsFullSince(began);
            },
            Patience,
            $"full speed after {after}");
        FaultSeed.Say($"{after}: full speed {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s after its end, {ended} silos were started again");
    }

    private static (string One, string Other) Two(Lan lan, Random random)
    {
        var names = lan.Hosts.Select(host => host.Name).ToArray();
        random.Shuffle(names);
        return (names[0], names[1]);
    }
}
