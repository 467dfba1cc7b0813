using Atlas.Contracts.Playbooks;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Evidence;
using Atlas.Queries;
using Npgsql;
using Xunit;

namespace Atlas.Grains.Tests.Trials;

/// <summary>Entries whose effect is known, tried through a real client on a real silo with a real database.</summary>
public sealed class EntryTrialTests(ITestOutputHelper output)
{
    private const int Keys = 20;
    private static readonly Attribution By = new("ann", "a world whose truth is known");

    [Fact]
    public async Task A_harmful_entry_is_withdrawn_and_missing_in_the_very_next_prompt_and_a_helpful_one_is_never_condemned()
    {
        const int Seed = 14;
        output.WriteLine($"seed {Seed}");
        await using var cluster = await StartAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, Keys).Select(async number =>
        {
            // Each cue shows in half of the sessions, on tasks of four difficulties.
            var world = new TrialWorld(cluster.Client, $"trials/three-{number}", Seed)
            {
                TaskOf = session => $"Order {session % 16}: {((session & 1) == 0 ? "alpha " : "")}{((session & 2) == 0 ? "beta " : "")}{((session & 4) == 0 ? "gamma" : "")}",
                Chance = (session, prompt, task) => 0.8 - (0.2 * (session % 16 / 4))
                    + (task.Contains("alpha", StringComparison.Ordinal) && prompt.Contains("Skip the policy", StringComparison.Ordinal) ? -0.2 : 0)
                    + (task.Contains("gamma", StringComparison.Ordinal) && prompt.Contains("Read the policy", StringComparison.Ordinal) ? 0.2 : 0),
            };
            await cluster.Client.ImportAsync(
                world.Key, TrialWorld.Playbook("", ("bad", "alpha", "Skip the policy"), ("idle", "beta", "Count the words"), ("good", "gamma", "Read the policy")), By);
            var withdrawn = await world.UntilAsync(async () => (await cluster.Client.ResolveAsync(world.Key)).Entries.All(entry => entry.Id != "bad"), 900);
            var after = world.Sessions;
            var next = withdrawn ? await world.RunAsync() : "";
            var state = await TrialWorld.StateAsync(cluster.Database, world.Key);
            return (Withdrawn: withdrawn, After: after, Next: next, Entries: state.Trials!.Evidence.Entries);
        }));

        foreach (var result in results)
        {
            output.WriteLine($"{(result.Withdrawn ? "gone" : "still there")} after {result.After} sessions; "
                + string.Join(", ", result.Entries.Select(entry => $"{entry.Entry} {entry.State} {entry.Evidence.Effect:+0.00;-0.00} in {entry.Evidence.Sessions}")));
        }

        Assert.True(results.Count(result => result.Withdrawn) >= 19, "A harmful entry was not withdrawn in time.");
        Assert.All(results, result => Assert.DoesNotContain("Skip the policy", result.Next, StringComparison.Ordinal));
        Assert.DoesNotContain(results, result => result.Entries.Single(entry => entry.Entry == "good").State.IsFinal);

        // In the simulations 96.7 of 100 such entries are called harmful; the others go as being of no use. Of twenty, fewer than 17 are called so about once in 250 seeds.
        Assert.True(results.Count(result => result.Entries.Single(entry => entry.Entry == "bad").State is EntryTrialState.Withdrawn) >= 17, "Harmful entries were not called harmful.");

        // Several keys have tried the same words: what they know adds up.
        await using var source = NpgsqlDataSource.Create(cluster.Database.ConnectionString);
        var bad = (await new FindingsQueries(source).FindPooledAsync("trials/three-0"))!.Entries.Single(entry => entry.Id == "bad");
        Assert.Equal(Keys, bad.Pooled!.Keys);
        Assert.Equal(EffectVerdict.Hurts, bad.Pooled.Effect.Verdict);
        Assert.True(bad.Pooled.Effect.Bounds.High - bad.Pooled.Effect.Bounds.Low < bad.Effect.Bounds.High - bad.Effect.Bounds.Low);
    }

    private static Task<TestCluster> StartAsync() => TestCluster.StartAsync(requireApproval: true, evidence: new EvidenceOptions());
}
