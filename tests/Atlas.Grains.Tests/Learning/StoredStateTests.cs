using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Journal;
using Atlas.Learning.Json;
using Atlas.Learning.Playbooks;
using Atlas.Storage.Queries;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

/// <summary>What is stored of a key's state, and what is read from the archive.</summary>
public sealed class StoredStateTests
{
    private const string Key = "support/refunds";

    private const string Playbook = """
        {"format": "atlas.playbook.v1", "student": ["Look first."], "teacher": ["Ask for the order."], "entries": [
          {"id": "look", "audience": "student", "cue": {"type": "keyword", "pattern": "order"}, "action": {"imperative": "Look first."}},
          {"id": "ask", "audience": "teacher", "cue": {"type": "keyword", "pattern": "refund"}, "action": {"imperative": "Ask."}}]}
        """;

    [Fact]
    public async Task A_session_writes_what_it_changes_of_a_playbook_and_not_what_that_says()
    {
        await using var cluster = await TaughtAsync();

        var stored = await cluster.Database.ScalarAsync<string>(
            "SELECT concat(payload #> '{state,playbook,entries}', payload #> '{state,playbook,student_text}', payload #> '{impacts,figures,0,0}') FROM orleans.grain_state WHERE grain_type = 'learning-key'");

        Assert.Equal("[]\"\"2", stored);
    }

    [Fact]
    public async Task Registry_and_grain_tell_the_same_of_every_entry()
    {
        await using var cluster = await TaughtAsync();

        var registered = await cluster.Database.ScalarAsync<string>(
            "SELECT metadata ->> 'playbook_entries' FROM learning_registry WHERE learning_key = $1", Key);

        var described = (await cluster.Client.DescribeAsync(Key)).EntriesJson;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(described), JsonNode.Parse(registered!)), $"{described}\n{registered}");
        Assert.Contains("\"sessions_observed\":2", described, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_of_the_older_form_is_read_and_goes_on()
    {
        await using var cluster = await TaughtAsync();
        var before = await cluster.Client.DescribeAsync(Key);

        await cluster.RestartAsync(meanwhile: """
            UPDATE orleans.grain_state
               SET payload = jsonb_build_object('state', (SELECT state FROM orleans.learning_state), 'outbox', '[]'::jsonb)
             WHERE grain_type = 'learning-key'
            """);

        Assert.Equal(before.EntriesJson, (await cluster.Client.DescribeAsync(Key)).EntriesJson);
        await cluster.Client.RunSessionAsync(Key, score: 0.5);
        await DemandFoldAsync(cluster);
    }

    [Fact]
    public async Task A_state_whose_version_is_gone_from_the_archive_says_how_to_bring_it_back()
    {
        await using var cluster = await TaughtAsync();

        await cluster.RestartAsync(meanwhile: "DELETE FROM playbook_versions");

        var failure = await Assert.ThrowsAsync<AtlasUnavailableException>(() => cluster.Client.DescribeAsync(Key));
        Assert.Contains("playbook_versions", failure.Message, StringComparison.Ordinal);
        Assert.Contains("version 1", failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Every_figure_of_an_impact_is_kept()
    {
        // Another value for every member that an impact has, so that none can be forgotten or taken for another one.
        var members = JsonSerializer.SerializeToNode(new EntryImpact(), AtlasJson.Options)!.AsObject();
        var number = 0;
        foreach (var name in members.Select(member => member.Key).ToArray())
        {
            members[name] = members[name] switch
            {
                JsonArray => new JsonArray($"text {++number}"),
                null => $"text {++number}",
                _ => ++number,
            };
        }

        members["added_later"] = new JsonArray(1, null, "x");
        var impact = members.Deserialize<EntryImpact>(AtlasJson.Options)!;

        var json = JsonSerializer.Serialize(new ImpactTable([impact, null]), AtlasJson.Options);
        var read = JsonSerializer.Deserialize<ImpactTable>(json, AtlasJson.Options).OfEntries;

        Assert.True(JsonNode.DeepEquals(members, JsonSerializer.SerializeToNode(read[0], AtlasJson.Options)), json);
        Assert.Null(read[1]);
    }

    private static async Task<TestCluster> TaughtAsync()
    {
        var cluster = await TestCluster.StartAsync(synthesizer: new GatedSynthesizer());
        await cluster.Client.ImportAsync(Key, Playbook, new Attribution("operator", null));
        await cluster.Client.RunSessionAsync(Key, score: 0.5);
        await cluster.Client.RunSessionAsync(Key, score: 0.75);
        return cluster;
    }

    private static async Task DemandFoldAsync(TestCluster cluster)
    {
        var queries = new PlaybookQueries(cluster.Database.DataSource);
        var journal = await queries.JournalAsync(Key);
        var folded = LearningKeyFold.Apply(
            LearningKeyState.Empty with { LearningKey = Key },
            journal.Select(happened => happened.Event.Deserialize<LearningKeyEvent>(AtlasJson.Options)!));
        var stored = await queries.FindStateAsync(Key);
        Assert.True(JsonElement.DeepEquals(JsonSerializer.SerializeToElement(folded, AtlasJson.Options), stored!.State), stored.State.GetRawText());
    }
}
