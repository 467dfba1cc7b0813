using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Evidence;
using Xunit;

namespace Atlas.Grains.Tests.Trials;

/// <summary>Experiments that people start, through a real client on a real silo with a real database.</summary>
public sealed class ExperimentTests(ITestOutputHelper output)
{
    private static readonly Attribution By = new("ann", "to know which is better");

    private static readonly EvidenceOptions Rules = new() { HoldoutShare = 0 };

    [Fact]
    public async Task The_better_of_two_versions_is_found_and_made_current_when_the_experiment_is_concluded()
    {
        await using var cluster = await TestCluster.StartAsync(requireApproval: true, evidence: Rules);
        var client = cluster.Client;
        var world = new TrialWorld(client, "experiments/versions", 11) { Chance = (_, prompt, _) => prompt.Contains("Read", StringComparison.Ordinal) ? 0.9 : 0.3 };
        await client.ImportAsync(world.Key, TrialWorld.Playbook("Read the policy."), By);
        await client.ImportAsync(world.Key, TrialWorld.Playbook("Guess."), By);

        var started = await client.StartExperimentAsync(world.Key, new ExperimentPlan { FirstVersion = 2, NewVersion = 1, MaxSessions = 400 }, By);
        Assert.Equal((1, ExperimentStatus.Running, ExperimentDecision.GoOn), (started.Number, started.Status, started.Decision));
        Assert.True(started.Missing > 0);
        var told = new HashSet<string>();
        while (world.Sessions < 400 && (await client.ExperimentsAsync(world.Key))[0].Status is ExperimentStatus.Running)
        {
            told.Add(await world.RunAsync());
        }

        var decided = (await client.ExperimentsAsync(world.Key))[0];
        output.WriteLine(decided.Summary);
        Assert.Equal(["Guess.", "Read the policy."], told.Order(StringComparer.Ordinal));
        Assert.Equal((ExperimentStatus.Decided, ExperimentDecision.Better), (decided.Status, decided.Decision));
        Assert.True(decided.Low > 0, decided.Summary);

        // Decided, it draws nobody any more.
        Assert.Null((await world.StartAsync(900)).Arm);
        Assert.Equal("Guess.", (await client.ResolveAsync(world.Key)).Student!.Text);
        var concluded = await client.ConcludeExperimentAsync(world.Key, 1, By);
        Assert.Equal(ExperimentStatus.Concluded, concluded.Status);
        Assert.Equal("Read the policy.", (await client.ResolveAsync(world.Key)).Student!.Text);
        await Assert.ThrowsAsync<AtlasRefusedException>(() => client.StopExperimentAsync(world.Key, 1, By));
    }

    [Fact]
    public async Task Another_configuration_reaches_its_arm_and_a_start_that_is_repeated_gets_the_same()
    {
        await using var cluster = await TestCluster.StartAsync(requireApproval: true, evidence: Rules);
        var client = cluster.Client;
        var world = new TrialWorld(client, "experiments/configuration", 12) { Chance = (_, _, _) => 1 };
        await client.ImportAsync(world.Key, TrialWorld.Playbook("Read the policy."), By);
        var settings = new ArmSettings { InjectionMode = InjectionMode.Suffix, Model = "gpt-x", SystemPrompt = "{base_prompt} Be brief." };
        await client.StartExperimentAsync(world.Key, new ExperimentPlan { Configuration = settings, MaxSessions = 20 }, By);

        var arms = new List<bool>();
        for (var number = 0; number < 24; number++)
        {
            var (first, again) = (await world.StartAsync(number), await world.StartAsync(number));
            Assert.Equal((first.Arm, first.Playbook.InjectionMode, first.Playbook.ApplyToPrompts), (again.Arm, again.Playbook.InjectionMode, again.Playbook.ApplyToPrompts));
            Assert.Equal(first.Arm!.IsNew ? settings : null, first.Arm.Settings);
            Assert.Equal(first.Arm.IsNew ? InjectionMode.Suffix : InjectionMode.Prefix, first.Playbook.InjectionMode);
            arms.Add(first.Arm.IsNew);
        }

        Assert.InRange(arms.Count(isNew => isNew), 4, 20);
        await world.UntilAsync(() => Task.FromResult(false), 20);
        var over = Assert.Single(await client.ExperimentsAsync(world.Key));
        Assert.Equal((ExperimentStatus.Decided, 20), (over.Status, over.InNew + over.InFirst));
        var refused = await Assert.ThrowsAsync<AtlasRefusedException>(() => client.ConcludeExperimentAsync(world.Key, 1, By));
        Assert.Contains("no verdict", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ExperimentStatus.Stopped, (await client.StopExperimentAsync(world.Key, 1, By)).Status);
    }

    [Fact]
    public async Task What_cannot_be_an_experiment_is_refused_with_the_reason()
    {
        await using var cluster = await TestCluster.StartAsync(requireApproval: true, evidence: Rules);
        var client = cluster.Client;
        const string Key = "experiments/refused";
        await client.ImportAsync(Key, TrialWorld.Playbook("Read the policy."), By);

        Assert.Contains("exactly one", await RefusedAsync(new()), StringComparison.Ordinal);
        Assert.Contains("no version 7", await RefusedAsync(new() { FirstVersion = 1, NewVersion = 7 }), StringComparison.Ordinal);
        Assert.Contains("the same text", await RefusedAsync(new() { FirstVersion = 1, NewVersion = 1 }), StringComparison.Ordinal);
        Assert.Contains("has an entry 'nowhere'", await RefusedAsync(new() { Entry = "nowhere" }), StringComparison.Ordinal);
        Assert.Contains("share", await RefusedAsync(new() { FirstVersion = 0, NewVersion = 1, Share = 1 }), StringComparison.Ordinal);
        Assert.Contains("The configuration of the new arm is empty", await RefusedAsync(new() { Configuration = new() }), StringComparison.Ordinal);
        await client.StartExperimentAsync(Key, new() { FirstVersion = 0, NewVersion = 1 }, By);
        Assert.Contains("one experiment at a time", await RefusedAsync(new() { FirstVersion = 0, NewVersion = 1 }), StringComparison.Ordinal);

        async Task<string> RefusedAsync(ExperimentPlan plan) =>
            (await Assert.ThrowsAsync<AtlasRefusedException>(() => client.StartExperimentAsync(Key, plan, By))).Message;
    }
}
