using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Queries.Keys;
using Atlas.Storage.Tests.Learning;
using Atlas.Storage.Tests.Sessions;
using Xunit;

namespace Atlas.Storage.Tests.Queries;

/// <summary>The keys that need a person.</summary>
public sealed class GlanceQueriesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Many_sessions_to_review_hide_no_key_whose_rewards_are_out_of_line()
    {
        await using var room = await SessionRoom.OpenAsync();
        await room.Database.ExecuteAsync("""
            INSERT INTO sessions (task, status, review_status, metadata)
            SELECT 'a task', 'succeeded', 'pending', jsonb_build_object('learning_key', 'many/' || n % 4) FROM generate_series(1, 12) n;
            INSERT INTO sessions (task, status, review_status, metadata) VALUES
              ('a task', 'succeeded', 'pending', '{"learning_key": "few/drifting", "drift": {"alert": true}}'),
              ('a task', 'succeeded', 'pending', '{"learning_key": "other/drifting", "drift": {"alert": true}}');
            """);
        var glance = new GlanceQueries(room.Database.DataSource);

        var needs = await glance.NeedsAsync(null, "other/", Now, 2);

        Assert.Equal(("few/drifting", 1L, 1L), (needs[0].LearningKey, needs[0].Waiting, needs[0].Drifting));
        Assert.Equal(("many/0", 3L, 0L), (needs[1].LearningKey, needs[1].Waiting, needs[1].Drifting));
        Assert.Equal(["many/0", "many/1", "many/2", "many/3"], (await glance.NeedsAsync("many/", null, Now, 10)).Select(need => need.LearningKey).Order());
    }

    [Fact]
    public async Task A_suspect_entry_that_no_version_in_use_has_needs_nobody()
    {
        await using var room = await SessionRoom.OpenAsync();
        var (newest, parent) = (Entry("one", "Look first."), Entry("two", "Ask first."));
        await WriteAsync(room, "gone", [], Suspect(newest));
        await WriteAsync(room, "reworded", [Entry("one", "Look at once.")], Suspect(newest));
        await WriteAsync(room, "newest", [newest], Suspect(newest), Suspect(parent));
        await WriteAsync(room, "parent", [newest], Suspect(parent));
        await room.Database.ExecuteAsync("""
            INSERT INTO playbook_versions (learning_key, version, cause, author, session_ids, student_text, content_sha256, entries, metadata, created_at)
            VALUES ('parent', 1, 'synthesis', 'atlas', '{}', '', '', $1::jsonb, '{}', now());
            """, JsonSerializer.Serialize(new[] { parent }, AtlasJson.Options));
        await room.Database.ExecuteAsync("""
            UPDATE orleans.grain_state SET payload = jsonb_set(payload, '{state,trials,parent}', '{"version": 1, "made_at": null, "playbook": {"entries": []}}') WHERE key_text = 'parent'
            """);

        var needs = await new GlanceQueries(room.Database.DataSource).NeedsAsync(null, null, Now, 10);

        Assert.Equal([("newest", 1L), ("parent", 1L)], needs.Select(need => (need.LearningKey, need.Suspects)).Order());
    }

    [Fact]
    public async Task An_hour_of_the_budget_that_begins_in_the_future_is_not_spent()
    {
        await using var room = await SessionRoom.OpenAsync();
        foreach (var (key, since) in new[] { ("right", Now.AddMinutes(-5)), ("ahead", Now.AddYears(1)) })
        {
            var state = new KeyState(room.Database, key);
            state.State["budget"] = JsonSerializer.SerializeToNode(new SynthesisBudget(since, 2, 2), AtlasJson.Options);
            await state.WriteAsync();
        }

        Assert.Equal(["right"], (await new GlanceQueries(room.Database.DataSource).NeedsAsync(null, null, Now, 10)).Select(need => need.LearningKey));
    }

    private static async Task WriteAsync(SessionRoom room, string key, PlaybookEntry[] entries, params ImmutableArray<EntryTrial> trials)
    {
        var state = new KeyState(room.Database, key);
        state.State["version"] = 2;
        state.State["trials"] = JsonSerializer.SerializeToNode(
            KeyTrials.Of(new EvidenceOptions()) with { Evidence = KeyEvidence.None with { Entries = trials } }, AtlasJson.Options);
        var changed = KeyState.Changed(1, 2, "");
        changed["playbook"]!["entries"] = JsonSerializer.SerializeToNode(entries, AtlasJson.Options);
        await state.WriteAsync(changed);
    }

    private static PlaybookEntry Entry(string id, string imperative) => JsonSerializer.Deserialize<PlaybookEntry>(new JsonObject
    {
        ["id"] = id,
        ["audience"] = "student",
        ["cue"] = new JsonObject { ["type"] = "keyword", ["pattern"] = "order" },
        ["action"] = new JsonObject { ["imperative"] = imperative },
        ["expected_effect"] = "Fewer questions.",
        ["scope"] = new JsonObject { ["category"] = "reinforcement", ["constraints"] = "All orders." },
    }, AtlasJson.Options)!;

    private static EntryTrial Suspect(PlaybookEntry entry) => new() { Entry = entry.Id!, Sha = EvidenceDecisions.Sha(entry), State = EntryTrialState.Suspect };
}
