using Atlas.Domain;
using Atlas.Queries;
using Atlas.Storage.Migrations;
using Atlas.Storage.Tests.Learning;
using Atlas.Testing;
using Xunit;

namespace Atlas.Storage.Tests.Migrations;

public sealed class OriginalDatabaseTests
{
    [Fact]
    public async Task A_database_of_the_original_keeps_its_rows_and_gets_what_is_missing()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await database.ExecuteAsync(OriginalDatabase.Schema);
        await database.ExecuteAsync(OriginalDatabase.Rows);

        await MigrationRunner.ApplyAsync(database.DataSource);

        var sessions = await new SessionQueries(database.DataSource).ListAsync(new SessionFilter());
        Assert.Equal(
            [("second", null, ReviewStatus.Pending, 0L), ("first", "old", ReviewStatus.Pending, 2L)],
            sessions.Select(session => (session.Task, session.LearningKey, session.ReviewStatus, session.EventCount)));
        Assert.Equal(3, await database.ScalarAsync<long>("INSERT INTO sessions (task) VALUES ('third') RETURNING id"));
    }

    [Fact]
    public async Task Its_registry_can_be_adopted_and_gives_way_to_what_a_key_writes()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await database.ExecuteAsync(OriginalDatabase.Schema);
        await database.ExecuteAsync(OriginalDatabase.Rows);
        await MigrationRunner.ApplyAsync(database.DataSource);
        var playbooks = new PlaybookQueries(database.DataSource);
        var key = new KeyState(database, "both");
        key.State["playbook"]!["student_text"] = "New text.";

        await key.WriteAsync();

        Assert.Equal("New text.", (await playbooks.FindRegistryRowAsync("both"))!.StudentLearning);
        Assert.Equal("Old text.", (await playbooks.FindImportedRowAsync("both"))!.StudentLearning);
        Assert.Equal("Match amounts first.", (await playbooks.FindRegistryRowAsync("old"))!.StudentLearning);
        Assert.Equal(2, await database.ScalarAsync<long>("SELECT count(*) FROM learning_registry"));
        Assert.Null(await playbooks.FindImportedRowAsync("unknown"));
    }

    [Theory]
    [InlineData("sessions", "id task status metadata final_answer reward reward_stats reward_audit student_learning teacher_learning review_status review_notes created_at completed_at")]
    [InlineData("plans", "session_id plan")]
    [InlineData("step_results", "session_id step_id trace output evaluation attempts metadata")]
    [InlineData("step_attempts", "session_id step_id attempt evaluation")]
    [InlineData("guidance_notes", "session_id step_id sequence note")]
    [InlineData("trajectory_events", "id session_id event created_at")]
    [InlineData("discovery_runs", "id project_root task source payload metadata created_at")]
    [InlineData("learning_registry", "learning_key student_learning teacher_learning metadata updated_at")]
    public async Task Tools_of_the_original_find_every_column(string table, string columns)
    {
        await using var database = await TestDatabase.CreateAsync();

        await database.ExecuteAsync($"SELECT {columns.Replace(' ', ',')} FROM public.{table}");
    }

    [Fact]
    public async Task Indexes_have_the_names_of_the_original()
    {
        await using var database = await TestDatabase.CreateAsync();
        var names = await database.ScalarAsync<string[]>(
            "SELECT array_agg(indexname::text) FROM pg_indexes WHERE schemaname = 'public' AND tablename = 'sessions'");

        Assert.Superset(
            new HashSet<string>
            {
                "sessions_pkey", "sessions_learning_key_idx", "sessions_reward_score_idx", "sessions_created_at_idx",
            },
            names!.ToHashSet());
    }
}
