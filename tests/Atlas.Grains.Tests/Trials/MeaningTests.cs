using Atlas.Contracts.Playbooks;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Trials;

/// <summary>Rules that say the same in other words, told by the words that they share.</summary>
public sealed class MeaningTests
{
    private const string Look = "Look up the order before you promise anything";
    private const string Again = "Before promising anything, look the order up";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly Attribution By = new("ann", "they are two");

    [Fact]
    public async Task A_synthesis_that_says_an_entry_in_other_words_adds_none_and_the_journal_says_why()
    {
        const string Key = "meaning/again";
        await using var cluster = await TestCluster.StartAsync(
            synthesizer: new AnsweringSynthesizer(number => new { add_entries = new[] { AnsweringSynthesizer.Entry(number == 0 ? Look : Again) } }),
            learning: new() { SynthesisQuietSeconds = 0, Schema = new EntrySchemaOptions { AllowMissingToolMapping = true } }, evidence: new EvidenceOptions(), meaning: true);
        await cluster.Client.RunSessionAsync(Key, task: "Refund order 1042");
        await SynthesesAsync(cluster, Key, 1);

        await cluster.Client.RunSessionAsync(Key, task: "Refund order 2");
        await SynthesesAsync(cluster, Key, 2);

        var state = await TrialWorld.StateAsync(cluster.Database, Key);
        Assert.Equal(1, state.Version);
        Assert.Equal("supports", await cluster.Database.ScalarAsync<string>(
            $"SELECT event #>> '{{meanings,0,consequence}}' FROM learning_journal WHERE learning_key = '{Key}' AND event_type = 'synthesis_concluded' ORDER BY sequence DESC LIMIT 1"));
    }

    [Fact]
    public async Task Entries_that_say_the_same_are_merged_and_come_apart_again_across_a_restart()
    {
        const string Key = "meaning/merged";
        await using var cluster = await TestCluster.StartAsync(evidence: new EvidenceOptions(), meaning: true);
        await cluster.Client.ImportAsync(Key, TrialWorld.Playbook("", ("first", "refund", Look), ("second", "refund", Again), ("third", "refund", "Count the words")), By);
        await Eventually.TrueAsync(async () => (await StateAsync(cluster, Key)) is { Version: 2, ComparedVersion: 2 }, Patience, "The merger");
        Assert.Equal(["first", "third"], (await cluster.Client.ResolveAsync(Key)).Entries.Select(entry => entry.Id));

        var change = await cluster.Client.UnmergeEntryAsync(Key, "second", By);

        Assert.Equal((3, true), (change.Version, change.Changed));
        await Eventually.TrueAsync(async () => (await StateAsync(cluster, Key)).ComparedVersion == 3, Patience, "The comparison");
        await cluster.RestartAsync();
        Assert.Equal(["first", "third", "second"], (await cluster.Client.ResolveAsync(Key)).Entries.Select(entry => entry.Id));
        var state = await StateAsync(cluster, Key);
        Assert.Equal((3, "first", "second"), (state.Version, Assert.Single(state.Pairs!.Value).One, state.Pairs.Value[0].Other));
    }

    [Fact]
    public async Task Entries_that_say_the_same_are_merged_once_the_experiment_that_held_that_back_is_stopped()
    {
        const string Key = "meaning/held-back";
        await using var cluster = await TestCluster.StartAsync(evidence: new EvidenceOptions(), meaning: true);
        await cluster.Client.ImportAsync(Key, TrialWorld.Playbook("", ("third", "refund", "Count the words")), By);
        await cluster.Client.StartExperimentAsync(Key, new() { Configuration = new() { Model = "small" } }, By);
        await cluster.Client.ImportAsync(Key, TrialWorld.Playbook("", ("first", "refund", Look), ("second", "refund", Again), ("third", "refund", "Count the words")), By);
        await Eventually.TrueAsync(async () => (await StateAsync(cluster, Key)) is { Version: 2, ComparedVersion: 2 }, Patience, "The comparison");

        await cluster.Client.StopExperimentAsync(Key, 1, By);

        await Eventually.TrueAsync(async () => (await StateAsync(cluster, Key)) is { Version: 3, ComparedVersion: 3 }, Patience, "The merger");
        Assert.Equal(["first", "third"], (await cluster.Client.ResolveAsync(Key)).Entries.Select(entry => entry.Id));
    }

    private static async Task<LearningKeyState> StateAsync(TestCluster cluster, string key) => await TrialWorld.StateAsync(cluster.Database, key);

    private static Task SynthesesAsync(TestCluster cluster, string key, long count) => Eventually.TrueAsync(
        async () => await cluster.Database.ScalarAsync<long>($"SELECT count(*) FROM learning_journal WHERE learning_key = '{key}' AND event_type = 'synthesis_concluded'") == count,
        Patience,
        "The synthesis");
}
