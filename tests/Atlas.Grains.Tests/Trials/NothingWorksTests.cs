using Atlas.Contracts.Playbooks;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Evidence;
using Atlas.Queries;
using Xunit;

namespace Atlas.Grains.Tests.Trials;

/// <summary>A world in which no entry changes anything, looked at again and again: what is claimed of it is claimed wrongly.</summary>
public sealed class NothingWorksTests(ITestOutputHelper output)
{
    private const int Seed = 41;

    // The same worlds run at full length without a silo, with a report after every session (Atlas.Learning.Tests, WorldTests); here the way from
    // a client to the report is tried. ATLAS_LONG_SIMULATIONS=1 runs all of it.
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("ATLAS_LONG_SIMULATIONS") is { Length: > 0 } and not "0";
    private static readonly int Keys = IsLong ? 20 : 8;
    private static readonly int Sessions = IsLong ? 500 : 120;
    private static readonly int Every = IsLong ? 1 : 10;

    [Fact]
    public async Task Neither_time_nor_hard_tasks_nor_many_looks_make_a_verdict()
    {
        output.WriteLine($"seed {Seed}");
        await using var cluster = await TestCluster.StartAsync(requireApproval: true, evidence: new EvidenceOptions());
        var findings = new FindingsQueries(cluster.Database.DataSource);
        var keys = await Task.WhenAll(Enumerable.Range(0, Keys).Select(async number =>
        {
            var world = new TrialWorld(cluster.Client, $"trials/nothing-{number}", Seed)
            {
                // The word of one entry's cue is said in hard tasks alone, and everything becomes easier by 50 points.
                TaskOf = session => session % 2 == 0 ? $"Easy order {session % 10}" : $"Intricate order {session % 10}",
                Chance = (session, _, task) => (task.StartsWith("Intricate", StringComparison.Ordinal) ? 0.1 : 0.4) + (0.5 * session / Sessions),
            };
            await cluster.Client.ImportAsync(
                world.Key, TrialWorld.Playbook("", ("hard", "intricate", "Look twice"), ("idle", "order", "Count the words")), new Attribution("ann", "a world without effects"));
            var claims = new HashSet<string>(StringComparer.Ordinal);
            await world.UntilAsync(
                async () =>
                {
                    if (world.Sessions % Every != 0 || await findings.FindAsync(world.Key) is not { } found)
                    {
                        return false;
                    }

                    claims.UnionWith(found.Entries.Where(entry => entry.Effect.Verdict is EffectVerdict.Helps).Select(entry => $"{entry.Id} helps"));
                    claims.UnionWith(found.Entries.Where(entry => entry.State is EntryTrialState.Withdrawn).Select(entry => $"{entry.Id} harms"));
                    claims.UnionWith(found.Learning is { Verdict: not EffectVerdict.NotEnoughEvidence } learning ? [$"learning {learning.Verdict}"] : []);
                    return false;
                },
                Sessions);
            return claims;
        }));
        foreach (var claim in keys.SelectMany(claims => claims).CountBy(claim => claim))
        {
            output.WriteLine($"{claim.Key} in {claim.Value} of {Keys} keys");
        }

        var all = keys.SelectMany(claims => claims).ToList();
        Assert.DoesNotContain("hard harms", all);
        Assert.DoesNotContain("learning Helps", all);
        Assert.All(all.CountBy(claim => claim), claim => Assert.InRange(claim.Value, 0, 2));
    }
}
