using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Injection;
using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;
using Atlas.Queries;
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
            "SELECT concat(payload #> '{state,playbook,entries}', payload #> '{state,playbook,student_text}', (payload #>> '{impacts,figures,0}')::jsonb -> 0) FROM orleans.grain_state WHERE grain_type = 'learning-key'");

        Assert.Equal("[]\"\"2", stored);
    }

    [Fact]
    public async Task Registry_and_grain_tell_the_same_of_every_entry()
    {
        await using var cluster = await TaughtAsync();

        var registered = await cluster.Database.ScalarAsync<string>(
            "SELECT metadata ->> 'playbook_entries' FROM learning_registry WHERE learning_key = $1", Key);

        var told = (await cluster.Client.ResolveAsync(Key)).Entries;
        var entries = LearningStateJson.ReadEntries(JsonElement.Parse(registered!));
        Assert.Equal(told.Select(entry => (entry.Id, entry.Sha256)), entries.Select(entry => (entry.Id!, EntryWords.Sha256Of(entry))));
        Assert.All(entries, entry => Assert.Equal(2, entry.Impact!.SessionsObserved));
    }

    [Fact]
    public async Task A_state_of_the_older_form_is_read_and_goes_on()
    {
        await using var cluster = await TaughtAsync();
        var before = await RegisteredAsync(cluster);

        await cluster.RestartAsync(meanwhile: """
            UPDATE orleans.grain_state
               SET payload = jsonb_build_object('state', (SELECT state FROM orleans.learning_state), 'outbox', '[]'::jsonb)
             WHERE grain_type = 'learning-key'
            """);

        await cluster.Client.ResolveAsync(Key);
        Assert.Equal(before, await RegisteredAsync(cluster));
        await cluster.Client.RunSessionAsync(Key, score: 0.5);
        await DemandFoldAsync(cluster);
    }

    [Fact]
    public async Task A_state_with_the_figures_of_impacts_as_arrays_is_read_and_goes_on()
    {
        await using var cluster = await TaughtAsync();
        var before = await RegisteredAsync(cluster);

        // As they were written before they became texts, with the columns in another order than today's.
        await cluster.RestartAsync(meanwhile: """
            UPDATE orleans.grain_state g
               SET payload = g.payload || jsonb_build_object('impacts', jsonb_build_object(
                     'columns', (SELECT jsonb_agg(name ORDER BY place DESC) FROM jsonb_array_elements(orleans.impact_columns()) WITH ORDINALITY AS c (name, place)),
                     'figures', (SELECT jsonb_agg((SELECT jsonb_agg(f ORDER BY n DESC) FROM jsonb_array_elements((figures #>> '{}')::jsonb) WITH ORDINALITY AS v (f, n)) ORDER BY place)
                                   FROM jsonb_array_elements(g.payload #> '{impacts,figures}') WITH ORDINALITY AS i (figures, place))))
             WHERE grain_type = 'learning-key'
            """);

        Assert.Equal(before, await RegisteredAsync(cluster));
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

    [Theory]
    [InlineData("text", false, JsonValueKind.String)]
    [InlineData("text", true, JsonValueKind.Array)]
    [InlineData("\"\\ü\u2028\ud83d\ude00", false, JsonValueKind.Array)]
    public void Every_figure_of_an_impact_is_kept(string text, bool hasMore, JsonValueKind form)
    {
        // Another value for every member that an impact has, so that none can be forgotten or taken for another one.
        var members = JsonSerializer.SerializeToNode(new EntryImpact(), AtlasJson.Options)!.AsObject();
        var number = 0;
        foreach (var name in members.Select(member => member.Key).ToArray())
        {
            members[name] = members[name] switch
            {
                JsonArray => new JsonArray($"{text} {++number}"),
                null => $"{text} {++number}",
                _ => ++number,
            };
        }

        if (hasMore)
        {
            members["added_later"] = new JsonArray(1, null, "x");
        }

        var impact = members.Deserialize<EntryImpact>(AtlasJson.Options)!;

        var json = JsonSerializer.Serialize(new ImpactTable([impact, null]), AtlasJson.Options);
        var read = JsonSerializer.Deserialize<ImpactTable>(json, AtlasJson.Options).OfEntries;
        Assert.Equal(form, JsonNode.Parse(json)!["figures"]![0]!.GetValueKind());

        Assert.True(JsonNode.DeepEquals(members, JsonSerializer.SerializeToNode(read[0], AtlasJson.Options)), json);
        Assert.Null(read[1]);
    }

    [Fact]
    public async Task A_rendered_version_is_the_same_in_grain_archive_view_registry_and_after_a_restart()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: new GatedSynthesizer());
        var rendered = new LearnedPlaybook
        {
            Form = PlaybookForm.Entries,
            StudentPreface = "Work on one order at a time.",
            TeacherPreface = "Plan before you speak.",
            Entries =
            [
                new PlaybookEntry { Id = "look", Audience = "student", Cue = new EntryCue { Pattern = "order" }, Action = new EntryAction { Imperative = "Look first" } },
                new PlaybookEntry { Id = "ask", Audience = "teacher", Cue = new EntryCue { Pattern = "refund", Description = "a refund" }, Action = new EntryAction { Imperative = "Ask." } },
            ],
        };
        await cluster.Client.ImportAsync(Key, rendered, new Attribution("operator", null));
        await cluster.Client.RunSessionAsync(Key, score: 0.5);
        const string Student = "Work on one order at a time.\n- When: the text has \"order\". Do: Look first.";
        const string Teacher = "Plan before you speak.\n- When: a refund. Do: Ask.";

        var given = await cluster.Client.ResolveAsync(Key);
        Assert.Equal((Student, Teacher), (given.Student!.Text, given.Teacher!.Text));
        foreach (var source in (string[])
        [
            "SELECT concat_ws('|', form, student_preface, teacher_preface, student_text, teacher_text) FROM playbook_versions",
            "SELECT concat_ws('|', p ->> 'form', p ->> 'student_preface', p ->> 'teacher_preface', p ->> 'student_text', p ->> 'teacher_text') FROM (SELECT state -> 'playbook' AS p FROM orleans.learning_state) s",
        ])
        {
            Assert.Equal($"entries.v1|{rendered.StudentPreface}|{rendered.TeacherPreface}|{Student}|{Teacher}", await cluster.Database.ScalarAsync<string>(source));
        }

        Assert.Equal(Student + Teacher, await cluster.Database.ScalarAsync<string>("SELECT concat(student_learning, teacher_learning) FROM learning_registry"));
        Assert.Equal(given.Student.VersionSha256, await cluster.Database.ScalarAsync<string>("SELECT student_sha256 FROM playbook_versions"));

        await cluster.RestartAsync();

        Assert.Equal(given, await cluster.Client.ResolveAsync(Key));
        await cluster.Client.RunSessionAsync(Key, score: 0.75);
        await DemandFoldAsync(cluster);
    }

    private static async Task<TestCluster> TaughtAsync()
    {
        var cluster = await TestCluster.StartAsync(synthesizer: new GatedSynthesizer());
        await cluster.Client.ImportAsync(Key, PlaybookDocument.Import(Playbook), new Attribution("operator", null));
        await cluster.Client.RunSessionAsync(Key, score: 0.5);
        await cluster.Client.RunSessionAsync(Key, score: 0.75);
        return cluster;
    }

    private static Task<string?> RegisteredAsync(TestCluster cluster) => cluster.Database.ScalarAsync<string>(
        "SELECT concat(student_learning, teacher_learning, metadata) FROM learning_registry WHERE learning_key = $1", Key);

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
