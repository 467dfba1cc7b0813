using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Json;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Journal;
using Atlas.Queries;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

public sealed class DurabilityTests
{
    private const string Key = "support/refunds";

    [Fact]
    public async Task Playbook_hash_and_version_are_the_same_after_a_restart_and_equal_the_registry()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        await LearnAsync(cluster);
        var before = await cluster.Client.ResolveAsync(Key);

        await cluster.RestartAsync();

        var after = await cluster.Client.ResolveAsync(Key);
        Assert.Equal(before, after);
        var registered = await cluster.Database.ScalarAsync<string>(
            "SELECT student_learning FROM learning_registry WHERE learning_key = $1", Key);
        Assert.Equal(after.Student!.Sha256, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(registered!))));
    }

    [Fact]
    public async Task Every_version_is_in_the_archive_with_the_sessions_it_came_from()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        var first = await LearnAsync(cluster);
        var second = await LearnAsync(cluster);

        var versions = await new PlaybookQueries(cluster.Database.DataSource).ListVersionsAsync(Key);

        Assert.Equal([2, 1], versions.Select(version => version.Version));
        Assert.Equal([first, second], versions[0].SessionIds);
        Assert.Equal([first], versions[1].SessionIds);
        Assert.All(versions, version => Assert.Equal("synthesis", version.Cause));
    }

    [Fact]
    public async Task Folding_the_stored_journal_gives_the_stored_state()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        await LearnAsync(cluster);
        await cluster.Client.FreezeAsync(Key, new Attribution("operator", null));
        await cluster.Client.RunSessionAsync(Key, score: 0.5);

        var queries = new PlaybookQueries(cluster.Database.DataSource);
        var journal = await queries.JournalAsync(Key);
        var folded = LearningKeyFold.Apply(
            LearningKeyState.Empty with { LearningKey = Key },
            journal.Select(stored => stored.Event.Deserialize<LearningKeyEvent>(AtlasJson.Options)!));

        var stored = await queries.FindStateAsync(Key);
        Assert.True(JsonElement.DeepEquals(JsonSerializer.SerializeToElement(folded, AtlasJson.Options), stored!.State));
    }

    [Fact]
    public async Task A_stale_activation_fails_its_write_and_the_next_call_sees_the_newer_state()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        await LearnAsync(cluster);

        // As if another silo had written the key meanwhile.
        await cluster.Database.ExecuteAsync("""
            UPDATE orleans.grain_state SET version = version + 1,
                   payload = jsonb_set(jsonb_set(payload - 'impacts', '{state,playbook,student_text}', '"Written elsewhere."'), '{outbox}', '[]')
             WHERE grain_type = 'learning-key'
            """);

        await Assert.ThrowsAsync<AtlasUnavailableException>(() => cluster.Client.FreezeAsync(Key, new Attribution("operator", null)));

        // Until the stale activation is gone it answers nothing, rather than what it remembers.
        var texts = new HashSet<string>();
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    texts.Add((await cluster.Client.ResolveAsync(Key)).Student!.Text);
                }
                catch (AtlasUnavailableException)
                {
                    return false;
                }

                return true;
            },
            TimeSpan.FromSeconds(20));
        Assert.Equal(["Written elsewhere."], texts);
        Assert.True((await cluster.Client.FreezeAsync(Key, new Attribution("operator", null))).Changed);
    }

    [Fact]
    public async Task A_resolve_after_an_acknowledged_change_never_returns_an_older_version()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 2, synthesizer: GatedSynthesizer.Open());
        await using var reader = await cluster.ConnectAsync();
        await LearnAsync(cluster);
        await LearnAsync(cluster);
        var acknowledged = 0;
        var done = false;

        var reading = Task.Run(async () =>
        {
            while (!Volatile.Read(ref done))
            {
                var atLeast = Volatile.Read(ref acknowledged);
                var resolved = await reader.ResolveAsync(Key);
                Assert.True(resolved.Version >= atLeast, $"Version {resolved.Version} was read after {atLeast} had been acknowledged.");
            }
        });
        for (var round = 0; round < 100; round++)
        {
            var change = await cluster.Client.RollbackAsync(Key, 1 + (round % 2), new Attribution("test", null));
            Volatile.Write(ref acknowledged, change.Version);
        }

        Volatile.Write(ref done, true);
        await reading;
        Assert.Equal(102, acknowledged);
    }

    [Fact]
    public async Task What_the_original_had_learned_is_taken_over_as_the_first_version()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        await cluster.Database.ExecuteAsync("""
            INSERT INTO learning_registry_imported (learning_key, student_learning, metadata)
            VALUES ($1, 'Look first.', '{"playbook_entries": [{"id": "look", "audience": "student", "cue": "order"}]}')
            """, Key);

        var taken = await cluster.Client.DescribeAsync(Key);

        Assert.Equal((1, "Look first."), (taken.Playbook.Version, taken.Playbook.Student!.Text));
        Assert.Contains(taken.Playbook.Entries, entry => entry.Id == "look");
        Assert.Equal("import", await cluster.Database.ScalarAsync<string>("SELECT cause FROM playbook_versions"));
    }

    [Fact]
    public async Task A_reason_that_postgres_cannot_store_is_cleaned_and_the_change_is_kept()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());

        await cluster.Client.FreezeAsync(Key, new Attribution("operator", "release\0 week"));

        Assert.Equal("release week", await cluster.Database.ScalarAsync<string>("SELECT event ->> 'reason' FROM learning_journal"));
    }

    private static async Task<long> LearnAsync(TestCluster cluster)
    {
        var before = (await cluster.Client.ResolveAsync(Key)).Version;
        var session = await cluster.Client.RunSessionAsync(Key);
        await Eventually.TrueAsync(
            async () => (await cluster.Client.ResolveAsync(Key)).Version > before, TimeSpan.FromSeconds(30), "The playbook");
        return session.SessionId;
    }
}
