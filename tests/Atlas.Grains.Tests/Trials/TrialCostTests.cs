using System.Diagnostics;
using System.Globalization;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Evidence;
using Atlas.Learning.Options;
using Xunit;

namespace Atlas.Grains.Tests.Trials;

/// <summary>What trials cost: a state that does not grow with sessions, and no statement more.</summary>
public sealed class TrialCostTests(ITestOutputHelper output)
{
    private const int Entries = 50;
    private const int Early = 60;
    private const int Late = 240;

    [Fact]
    public async Task With_fifty_entries_on_trial_the_state_stays_small_and_a_session_costs_less_than_twice_as_much()
    {
        await using var trying = await StartAsync(new EvidenceOptions());
        await using var plain = await StartAsync(new EvidenceOptions { Enabled = false });
        var (with, without) = (await WorldAsync(trying), await WorldAsync(plain));
        await with.UntilAsync(() => Task.FromResult(false), Early);
        await without.UntilAsync(() => Task.FromResult(false), Early);
        var early = await SizeAsync(trying, with.Key);

        // By turns, so that whatever else the machine does slows both; the middle, so that a hiccup slows none.
        var (costly, cheap) = (new List<double>(), new List<double>());
        while (with.Sessions < Late)
        {
            costly.Add(await TimeAsync(with));
            cheap.Add(await TimeAsync(without));
        }

        var (late, small) = (await SizeAsync(trying, with.Key), await SizeAsync(plain, without.Key));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"state {early} bytes after {Early} sessions and {late} after {Late}, {small} without trials; {Middle(costly):0.0} ms a session, {Middle(cheap):0.0} without trials"));
        Assert.InRange(late, 0, early * 1.25);
        Assert.InRange(late, 0, 64_000);
        Assert.InRange(Middle(costly), 0, Middle(cheap) * 2);
    }

    private static Task<TestCluster> StartAsync(EvidenceOptions evidence) => TestCluster.StartAsync(
        requireApproval: true, evidence: evidence, learning: new LearningOptions { PlaybookInjectionMode = InjectionMode.Suffix, PlaybookLimit = 20_000 });

    private static async Task<TrialWorld> WorldAsync(TestCluster cluster)
    {
        var world = new TrialWorld(cluster.Client, "trials/cost", 50) { Chance = (_, _, _) => 0.6, TaskOf = number => $"Order {number % 20}" };
        await cluster.Client.ImportAsync(
            world.Key,
            TrialWorld.Playbook("", [.. Enumerable.Range(0, Entries).Select(number => ($"entry-{number:00}", "order", $"Look at case {number}"))]),
            new Attribution("ann", "many at once"));
        return world;
    }

    private static async Task<double> TimeAsync(TrialWorld world)
    {
        var began = Stopwatch.GetTimestamp();
        await world.RunAsync();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<int> SizeAsync(TestCluster cluster, string key) => await cluster.Database.ScalarAsync<int>(
        $"SELECT length(payload::text) FROM orleans.grain_state WHERE payload -> 'state' ->> 'learning_key' = '{key}'");
}
