using System.Text.Json;
using Atlas.Learning.Training;
using Atlas.Queries.Training;
using Atlas.Testing;
using Xunit;

namespace Atlas.Storage.Tests.Training;

public sealed class TrainingDataTests
{
    [Fact]
    public async Task Pages_hold_every_session_once_the_newest_first_also_where_many_began_at_the_same_time()
    {
        await using var database = await SeededAsync(25);
        await database.ExecuteAsync("UPDATE sessions SET created_at = '2026-02-01' WHERE id <= 20");
        var data = new TrainingData(database.DataSource);
        var ids = new List<long>();
        await foreach (var page in data.PagesAsync(new TrainingFilter { PageSize = 3 }))
        {
            Assert.InRange(page.Length, 1, 3);
            ids.AddRange(page.Select(session => session.Id));
        }

        var expected = await ColumnAsync(database, "SELECT array_agg(id::bigint ORDER BY created_at DESC, id DESC) FROM sessions WHERE review_status = 'approved'");
        Assert.Equal(expected, ids);
    }

    [Fact]
    public async Task Sessions_that_come_in_between_pages_move_nothing()
    {
        await using var database = await SeededAsync(20);
        var data = new TrainingData(database.DataSource);
        var before = (await ListAsync(data, new TrainingFilter())).Select(session => session.Id).ToList();
        var ids = new List<long>();
        await foreach (var page in data.PagesAsync(new TrainingFilter { PageSize = 4 }))
        {
            ids.AddRange(page.Select(session => session.Id));
            await SeedAsync(database, 3);
        }

        Assert.Equal(before, ids);
    }

    [Fact]
    public async Task Every_filter_takes_what_its_sql_takes()
    {
        await using var database = await SeededAsync(60);
        var data = new TrainingData(database.DataSource);
        var all = new TrainingFilter { ReviewStatuses = [] };
        await SameAsync(all with { MinReward = 0.5 }, "(reward_stats->>'score')::float >= 0.5");
        await SameAsync(all with { LearningKey = "key-1" }, "metadata->>'learning_key' = 'key-1'");
        await SameAsync(all with { Statuses = ["failed"] }, "status = 'failed'");
        await SameAsync(all with { Statuses = ["FAILED"] }, "false");
        await SameAsync(all with { Statuses = ["failed"], IgnoreCase = true }, "status = 'failed'");
        await SameAsync(all with { ReviewStatuses = ["pending", "quarantined"] }, "review_status IN ('pending', 'quarantined')");
        await SameAsync(new TrainingFilter(), "review_status = 'approved'");
        var middle = await database.ScalarAsync<DateTime>("SELECT created_at FROM sessions WHERE id = 30");
        await SameAsync(all with { CreatedAfter = middle }, "id >= 30");
        await SameAsync(all with { CreatedBefore = middle }, "id < 30");
        await SameAsync(all with { SessionIds = [3, 5, 99] }, "id IN (3, 5)");
        Assert.Equal(7, (await ListAsync(data, all with { Limit = 7, PageSize = 3 })).Count);
        Assert.Equal(60 - 50, (await ListAsync(data, all with { Offset = 50, PageSize = 3 })).Count);

        async Task SameAsync(TrainingFilter filter, string condition)
        {
            var expected = await ColumnAsync(database, $"SELECT coalesce(array_agg(id::bigint ORDER BY created_at DESC, id DESC), '{{}}') FROM sessions WHERE {condition}");
            Assert.Equal(expected, (await ListAsync(data, filter)).Select(session => session.Id));
            Assert.Equal(expected.Length, await data.CountAsync(filter));
        }
    }

    [Fact]
    public async Task A_session_comes_with_its_plan_steps_and_newest_events_decoded_and_in_order()
    {
        await using var database = await SeededAsync(1);
        await database.ExecuteAsync("""
            INSERT INTO plans VALUES (1, '{"steps":[{"id":1,"description":"Look"}]}');
            INSERT INTO step_results VALUES (1, 2, 't2', 'o2', NULL, NULL, NULL), (1, 1, 't1', 'o1', '"{\"reward\":{\"score\":1}}"', 2, '{"status":"ok"}');
            INSERT INTO step_attempts VALUES (1, 1, 2, '{"b":2}'), (1, 1, 1, '{"a":1}');
            INSERT INTO guidance_notes VALUES (1, 1, 2, 'second'), (1, 1, 1, 'first');
            INSERT INTO trajectory_events (session_id, event) SELECT 1, to_jsonb(format('{"n":%s}', n)) FROM generate_series(1, 6) n
            """);
        var data = new TrainingData(database.DataSource);
        var session = Assert.Single(await ListAsync(data, new TrainingFilter { MostEvents = 4, ReviewStatuses = [] }));
        Assert.Equal("Look", session.Plan!.Value.GetProperty("steps")[0].GetProperty("description").GetString());
        Assert.Equal([1, 2], session.Steps.Select(step => step.StepId));
        Assert.Equal(["first", "second"], session.Steps[0].Guidance);
        Assert.Equal([1, 2], session.Steps[0].AttemptDetails.Select(attempt => attempt.Attempt));
        Assert.Equal(1, session.Steps[0].Evaluation!.Value.GetProperty("reward").GetProperty("score").GetInt32());
        Assert.Equal([3, 4, 5, 6], session.Events.Select(stored => stored.Event!.Value.GetProperty("n").GetInt32()));
        Assert.Empty((await ListAsync(data, new TrainingFilter { IncludeEvents = false, ReviewStatuses = [] }))[0].Events);
        var bare = (await ListAsync(data, new TrainingFilter { IncludeLearningData = false, ReviewStatuses = [] }))[0];
        Assert.Null(bare.Reward);
        Assert.Null(bare.StudentLearning);
        Assert.Null(bare.LearningHistory);
        Assert.NotNull(session.Reward);
        Assert.Equal(JsonValueKind.Object, session.LearningHistory!.Value.ValueKind);
    }

    [Fact]
    public async Task One_session_is_found_whatever_its_review_says()
    {
        await using var database = await SeededAsync(3);
        await database.ExecuteAsync("UPDATE sessions SET review_status = 'quarantined' WHERE id = 2");
        var data = new TrainingData(database.DataSource);
        Assert.Equal(2, (await data.FindAsync(2))!.Id);
        Assert.Null(await data.FindAsync(99));
    }

    private static async Task<TestDatabase> SeededAsync(int sessions)
    {
        var database = await TestDatabase.CreateAsync();
        await SeedAsync(database, sessions);
        return database;
    }

    private static Task SeedAsync(TestDatabase database, int sessions) => database.ExecuteAsync($$$"""
        INSERT INTO sessions (task, status, metadata, reward, reward_stats, student_learning, review_status, created_at)
        SELECT 'task ' || n, (ARRAY['succeeded', 'failed'])[1 + n % 2],
               jsonb_build_object('learning_key', 'key-' || n % 3, 'learning_history', jsonb_build_object('count', n)),
               jsonb_build_object('score', (n % 10) / 10.0), CASE WHEN n % 5 > 0 THEN jsonb_build_object('score', (n % 10) / 10.0) END, 'a note',
               (ARRAY['approved', 'approved', 'pending', 'quarantined'])[1 + n % 4], '2026-03-01'::timestamptz + ((SELECT count(*) FROM sessions) + n) * interval '1 second'
          FROM generate_series(1, {{{sessions}}}) n
        """);

    private static async Task<List<TrainingSession>> ListAsync(TrainingData data, TrainingFilter filter) => await data.ReadAsync(filter).ToListAsync();

    private static async Task<long[]> ColumnAsync(TestDatabase database, string sql) => (await database.ScalarAsync<long[]>(sql))!;
}
