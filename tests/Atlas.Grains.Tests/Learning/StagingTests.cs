using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Playbooks;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Options;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

/// <summary>Staging, promoting and pinning on a real silo with a real database.</summary>
public sealed class StagingTests
{
    private const string Key = "support/refunds";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly Attribution By = new("ann", "release week");

    [Fact]
    public async Task What_was_acknowledged_is_what_the_next_resolve_returns()
    {
        await using var cluster = await StartAsync();
        await ImportAsync(cluster, "Look first.");

        Assert.Equal(new KeyChange(1, true, 1), await cluster.Client.StageAsync(Key, By));
        Assert.Equal(new KeyChange(2, true, 1), await ImportAsync(cluster, "Ask first."));
        Assert.Equal("Look first.", await ToldAsync(cluster));
        Assert.Equal(new KeyChange(2, true, 2), await cluster.Client.PromoteAsync(Key, null, By));
        Assert.Equal("Ask first.", await ToldAsync(cluster));
        Assert.Equal(new KeyChange(2, true, 1), await cluster.Client.PinAsync(Key, 1, By));
        Assert.Equal("Look first.", await ToldAsync(cluster));
        Assert.Equal(new KeyChange(2, true, 1), await cluster.Client.UnpinAsync(Key, By));
        Assert.Equal("Look first.", await ToldAsync(cluster));
        Assert.Equal(new KeyChange(2, true, 2), await cluster.Client.UnstageAsync(Key, By));
        Assert.Equal("Ask first.", await ToldAsync(cluster));
    }

    [Fact]
    public async Task A_block_of_a_version_reads_the_same_whenever_it_is_served()
    {
        await using var cluster = await StartAsync();
        await ImportAsync(cluster, "Look first.");
        var before = await cluster.Client.ResolveAsync(Key);
        await ImportAsync(cluster, "Ask first.");

        await cluster.Client.PinAsync(Key, 1, By);

        var pinned = await cluster.Client.ResolveAsync(Key);
        Assert.Equal((before.Version, before.Student!.Sha256, before.Student.Block), (pinned.Version, pinned.Student!.Sha256, pinned.Student.Block));
    }

    [Fact]
    public async Task Candidates_go_on_being_learned_and_a_restart_keeps_what_is_served()
    {
        await using var cluster = await StartAsync();
        await ImportAsync(cluster, "Look first.");
        await cluster.Client.StageAsync(Key, By);

        await cluster.Client.RunSessionAsync(Key);
        await Eventually.TrueAsync(async () => (await cluster.Client.DescribeAsync(Key)).NewestVersion == 2, Patience);
        await cluster.Client.PinAsync(Key, 1, By);
        await cluster.RestartAsync();
        await cluster.Client.RunSessionAsync(Key);
        await Eventually.TrueAsync(async () => (await cluster.Client.DescribeAsync(Key)).NewestVersion == 3, Patience);

        var key = await cluster.Client.DescribeAsync(Key);
        Assert.Equal(("Look first.", 1, true, 1), (key.Playbook.Student!.Text, key.Playbook.Version, key.Staged, key.PinnedVersion));
        Assert.Equal(
            "1,1", await cluster.Database.ScalarAsync<string>("SELECT string_agg(playbook_version::text, ',' ORDER BY id) FROM sessions"));
        Assert.Equal(
            "1,2", await cluster.Database.ScalarAsync<string>("SELECT string_agg(parent_version::text, ',' ORDER BY version) FROM playbook_versions WHERE version > 1"));
    }

    [Fact]
    public async Task With_prompts_off_candidates_are_made_and_a_promoted_one_reaches_the_prompts()
    {
        await using var cluster = await StartAsync(new LearningOptions { ApplyToPrompts = false });
        await cluster.Client.RunSessionAsync(Key);
        await Eventually.TrueAsync(async () => (await cluster.Client.DescribeAsync(Key)).NewestVersion == 1, Patience);
        Assert.False((await cluster.Client.ResolveAsync(Key)).ApplyToPrompts);

        await cluster.Client.PromoteAsync(Key, null, By);

        var resolved = await cluster.Client.ResolveAsync(Key);
        Assert.Equal((true, 1, "Learned from 1 sessions."), (resolved.ApplyToPrompts, resolved.Version, resolved.Student!.Text));
    }

    [Fact]
    public async Task The_journal_tells_who_changed_what_is_served_and_why_and_the_registry_shows_it()
    {
        await using var cluster = await StartAsync();
        await ImportAsync(cluster, "Look first.");
        await cluster.Client.StageAsync(Key, By);
        await ImportAsync(cluster, "Ask first.");
        await cluster.Client.PromoteAsync(Key, 2, By);
        await cluster.Client.PinAsync(Key, 1, By);

        Assert.Equal(
            "key_staged ann release week 1, version_promoted ann release week 2, version_pinned ann release week 1",
            await cluster.Database.ScalarAsync<string>("""
                SELECT string_agg(concat_ws(' ', event_type, author, event ->> 'reason', event ->> 'version'), ', ' ORDER BY sequence)
                  FROM learning_journal WHERE event_type <> 'playbook_changed'
                """));
        Assert.Equal("Look first.", await cluster.Database.ScalarAsync<string>("SELECT student_learning FROM learning_registry"));
    }

    [Fact]
    public async Task What_cannot_be_served_is_refused_with_a_sentence()
    {
        await using var cluster = await StartAsync();
        await ImportAsync(cluster, "Look first.");

        await RefusesAsync("has no version 9; it has versions 1 to 1", () => cluster.Client.PinAsync(Key, 9, By));
        await RefusesAsync("not staged", () => cluster.Client.PromoteAsync(Key, 0, By));
        await RefusesAsync("needs an author", () => cluster.Client.StageAsync(Key, new Attribution(" ", null)));
        await cluster.Client.FreezeAsync(Key, By);
        await RefusesAsync("frozen by ann", () => cluster.Client.PinAsync(Key, 1, By));
    }

    private static async Task RefusesAsync(string sentence, Func<Task<KeyChange>> change) =>
        Assert.Contains(sentence, (await Assert.ThrowsAsync<AtlasRefusedException>(change)).Message, StringComparison.Ordinal);

    private static async Task<string?> ToldAsync(TestCluster cluster) => (await cluster.Client.ResolveAsync(Key)).Student?.Text;

    private static Task<KeyChange> ImportAsync(TestCluster cluster, string text) =>
        cluster.Client.ImportAsync(Key, new LearnedPlaybook { StudentPreface = text }, By);

    private static Task<TestCluster> StartAsync(LearningOptions? learning = null) =>
        TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open(), learning: learning);
}
