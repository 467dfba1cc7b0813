using Atlas.Contracts.Playbooks;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Evidence;
using Xunit;

namespace Atlas.Grains.Tests.Trials;

/// <summary>New versions are tried against their parents, and those that do harm are rolled back by themselves.</summary>
public sealed class CanaryTests(ITestOutputHelper output)
{
    private const int Keys = 20;
    private static readonly Attribution By = new("ann", "a version whose effect is known");

    [Fact]
    public async Task A_version_that_costs_thirty_points_is_rolled_back()
    {
        const int Seed = 30;
        output.WriteLine($"seed {Seed}");
        await using var cluster = await TestCluster.StartAsync(requireApproval: true, evidence: new EvidenceOptions());
        var results = await Task.WhenAll(Enumerable.Range(0, Keys).Select(async number =>
        {
            var world = new TrialWorld(cluster.Client, $"trials/canary-{number}", Seed)
            {
                Chance = (_, prompt, _) => prompt.Contains("Guess", StringComparison.Ordinal) ? 0.4 : 0.7,
            };
            await cluster.Client.ImportAsync(world.Key, TrialWorld.Playbook("Read the policy."), By);
            await cluster.Client.ImportAsync(world.Key, TrialWorld.Playbook("Guess."), By);
            var rolledBack = await world.UntilAsync(async () => (await cluster.Client.DescribeAsync(world.Key)).NewestVersion == 3, 250);
            var next = await cluster.Client.ResolveAsync(world.Key);
            return (RolledBack: rolledBack, After: world.Sessions, Says: next.Student?.Text);
        }));
        output.WriteLine(string.Join(", ", results.Select(result => result.RolledBack ? $"{result.After}" : "never")));

        Assert.All(results, result => Assert.True(result.RolledBack, "A harmful version was not rolled back in time."));
        Assert.All(results.Where(result => result.RolledBack), result => Assert.Equal("Read the policy.", result.Says));
    }

    [Fact]
    public async Task While_a_version_is_tried_some_sessions_get_it_and_some_its_parent_and_a_start_that_is_repeated_gets_the_same()
    {
        await using var cluster = await TestCluster.StartAsync(requireApproval: true, evidence: new EvidenceOptions());
        var world = new TrialWorld(cluster.Client, "trials/arms", 7) { Chance = (_, _, _) => 1 };
        await cluster.Client.ImportAsync(world.Key, TrialWorld.Playbook("Read the policy."), By);
        await cluster.Client.ImportAsync(world.Key, TrialWorld.Playbook("Guess."), By);

        var told = new List<string>();
        for (var number = 0; number < 60; number++)
        {
            var first = (await world.StartAsync(number)).Playbook;
            var again = (await world.StartAsync(number)).Playbook;
            Assert.Equal((first.Version, first.Student?.Text, first.ApplyToPrompts), (again.Version, again.Student?.Text, again.ApplyToPrompts));
            told.Add(first.Student?.Text ?? "");
        }

        Assert.Equal(["", "Guess.", "Read the policy."], told.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("Guess.", (await cluster.Client.ResolveAsync(world.Key)).Student!.Text);
    }
}
