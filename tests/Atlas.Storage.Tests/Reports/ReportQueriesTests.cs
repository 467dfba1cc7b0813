using Atlas.Learning.Reports;
using Atlas.Queries.Reports;
using Atlas.Testing;
using Xunit;

namespace Atlas.Storage.Tests.Reports;

public sealed partial class ReportQueriesTests
{
    [Fact]
    public async Task Keys_come_by_the_number_of_their_sessions_and_then_the_newest_first()
    {
        await using var database = await SeededAsync();
        var queries = new ReportQueries(database.DataSource);
        Assert.Equal(["big", "small", "alone"], (await queries.KeysAsync(new ReportFilter(), null)).Select(key => key.LearningKey));
        Assert.Equal(["big"], (await queries.KeysAsync(new ReportFilter(), 1)).Select(key => key.LearningKey));
        Assert.Equal(4, (await queries.KeysAsync(new ReportFilter(), 1))[0].SessionCount);
    }

    [Fact]
    public async Task Tags_match_in_a_list_and_alone_and_no_odd_row_fails_the_query()
    {
        await using var database = await SeededAsync();
        Assert.Equal([1L, 3], await IdsAsync(database, "big", new ReportFilter { Tags = ["blue"] }));
        Assert.Equal([1L], await IdsAsync(database, "big", new ReportFilter { Tags = ["blue", "round"] }));
        Assert.Equal([2L], await IdsAsync(database, "big", new ReportFilter { ProjectRoot = "/srv/two" }));
        Assert.Equal([4L], await IdsAsync(database, "big", new ReportFilter { Task = "the fourth" }));
    }

    [Fact]
    public async Task A_limit_takes_the_newest_and_keeps_their_order()
    {
        await using var database = await SeededAsync();
        Assert.Equal([3L, 4], await ToIdsAsync(new ReportQueries(database.DataSource).SessionsAsync(new ReportSelection { LearningKey = "big", NewestSessions = 2 })));
        Assert.Equal([1L, 2, 3, 4], await ToIdsAsync(new ReportQueries(database.DataSource).SessionsAsync(new ReportSelection { LearningKey = "big", NewestSessions = 9 })));
    }

    [Fact]
    public async Task A_session_is_read_as_whoever_stored_it_meant_it()
    {
        await using var database = await SeededAsync();
        await database.ExecuteAsync("""
            UPDATE sessions SET reward_stats = NULL, reward = to_jsonb('{"score":0.75,"uncertainty":0.2,"judges":[]}'::text) WHERE id = 1;
            UPDATE sessions SET reward_stats = '{"score":null}', reward = '{"score":0.5}', playbook_version = 3, playbook_sha256 = 'x' WHERE id = 2;
            UPDATE sessions SET reward_stats = '{"score":0.25,"uncertainty_mean":0.1}', reward = '{"score":0.5}', reward_audit = '[{},{}]' WHERE id = 3;
            INSERT INTO trajectory_events (session_id, event) SELECT 3, '{}' FROM generate_series(1, 7)
            """);
        var queries = new ReportQueries(database.DataSource);
        var sessions = await queries.SessionsAsync(new ReportSelection { LearningKey = "big", MostEvents = 5 }).ToListAsync();
        Assert.Equal([0.75, 0.5, 0.25, null], sessions.Select(session => session.Score));
        Assert.Equal([0.2, null, 0.1, null], sessions.Select(session => session.Uncertainty));
        Assert.Equal((3, true), (sessions[1].PlaybookVersion, sessions[1].HadPlaybook));
        Assert.False(sessions[0].HadPlaybook);
        Assert.Equal((2, 5L), (sessions[2].AuditCount, sessions[2].Events));
        Assert.Equal(7, (await queries.SessionsAsync(new ReportSelection { LearningKey = "big" }).ToListAsync())[2].Events);
        Assert.Equal(("coach", "m-small"), (sessions[3].ExecutionMode, sessions[3].StudentModel));
        Assert.Equal(5960, sessions[3].TotalTokens);
        Assert.Equal(2, sessions[3].Usage!.CueHits);
        Assert.Null((await queries.SessionsAsync(new ReportSelection { LearningKey = "big", CountAudits = false }).ToListAsync())[2].AuditCount);
    }

    [Fact]
    public async Task Discovery_runs_belong_to_the_tasks_of_the_sessions_and_are_named_once()
    {
        await using var database = await SeededAsync();
        await database.ExecuteAsync("""
            INSERT INTO discovery_runs (project_root, task, source, payload, created_at) VALUES
              ('/srv', 'same', 'discovery', '{}', '2026-01-01'), ('/srv', 'same', 'runtime', '{}', '2026-01-03'),
              ('/srv', 'other', 'runtime', '{}', '2026-01-04'), ('/srv', 'same', 'manual', '{}', '2026-01-05'), ('/srv', 'the fourth', 'runtime', '{}', '2026-01-02')
            """);
        var queries = new ReportQueries(database.DataSource);
        Assert.Equal([2L, 5, 1], (await queries.DiscoveriesAsync(new ReportSelection { LearningKey = "big" }, 5)).Select(run => run.Id));
        Assert.Equal([2L, 5], (await queries.DiscoveriesAsync(new ReportSelection { LearningKey = "big" }, 2)).Select(run => run.Id));
    }

    [Fact]
    public async Task The_discovery_run_of_the_environment_that_sessions_ran_in_comes_first()
    {
        await using var database = await SeededAsync();
        await database.ExecuteAsync("""
            UPDATE sessions SET metadata = metadata || '{"discovery_fingerprint": "f1"}'
             WHERE id = (SELECT min(id) FROM sessions WHERE metadata ->> 'learning_key' = 'big');
            INSERT INTO discovery_runs (project_root, task, source, payload, metadata, created_at) VALUES
              ('/srv', 'a sample prompt', 'discovery', '{}', '{"fingerprint": "f1"}', '2026-01-01'),
              ('/srv', 'a sample prompt', 'discovery', '{}', '{"fingerprint": "f2"}', '2026-01-02'),
              ('/srv', 'same', 'runtime', '{}', '{"fingerprint": "f2"}', '2026-01-03')
            """);
        var queries = new ReportQueries(database.DataSource);
        Assert.Equal([1L, 3], (await queries.DiscoveriesAsync(new ReportSelection { LearningKey = "big" }, 5)).Select(run => run.Id));
    }

    [Fact]
    public async Task A_key_with_more_sessions_than_a_page_is_read_whole_and_in_order()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("""
            INSERT INTO sessions (task, metadata, created_at)
            SELECT 'task', '{"learning_key":"many"}', '2026-03-01'::timestamptz + (n / 7) * interval '1 second' FROM generate_series(1, 4501) n
            """);
        var ids = await IdsAsync(database, "many", new ReportFilter());
        Assert.Equal(Enumerable.Range(1, 4501).Select(id => (long)id), ids);
    }

    [Fact]
    public async Task A_page_of_a_key_among_many_is_read_through_an_index_and_not_sorted()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("""
            INSERT INTO sessions (task, metadata, created_at)
            SELECT 'task', jsonb_build_object('learning_key', 'key-' || n % 40), '2026-03-01'::timestamptz + n * interval '1 second' FROM generate_series(1, 20000) n;
            ANALYZE sessions
            """);
        var plan = (await database.ScalarAsync<string>("""
            EXPLAIN (FORMAT JSON) SELECT id FROM sessions s WHERE s.learning_key = 'key-7' AND (created_at, id) > ('2026-03-01 01:00:00+00'::timestamptz, 3600)
             ORDER BY created_at, id LIMIT 100
            """))!;
        Assert.Contains("sessions_learning_key_created_idx", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
    }

    private static async Task<TestDatabase> SeededAsync()
    {
        var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("""
            INSERT INTO sessions (task, metadata, created_at) VALUES
              ('same', '{"learning_key":"big","tags":["blue","round"],"import":{"arm":"base"}}', '2026-03-01'),
              ('same', '{"learning_key":"big","tags":7,"project_root":"/srv/two","import":{"arm":"new"}}', '2026-03-02'),
              ('same', '{"learning_key":"big","tags":"blue"}', '2026-03-03'),
              ('the fourth', '{"learning_key":"big","execution_mode":"coach","adapter_session":{"student_model_id":"m-small"},
                "token_usage":{"total_tokens":5960},"learning_usage":{"session":{"cue_hits":2},"detectors":{}}}', '2026-03-04'),
              ('same', '{"learning_key":"small"}', '2026-03-05'), ('same', '{"learning_key":"small"}', '2026-03-01'),
              ('same', '{"learning_key":"alone"}', '2026-03-09'), ('same', NULL, '2026-03-09'), ('same', '"text"', '2026-03-09')
            """);
        return database;
    }

    private static Task<List<long>> IdsAsync(TestDatabase database, string key, ReportFilter filter) =>
        ToIdsAsync(new ReportQueries(database.DataSource).SessionsAsync(new ReportSelection { LearningKey = key, Filter = filter }));

    private static async Task<List<long>> ToIdsAsync(IAsyncEnumerable<SessionFacts> sessions) => await sessions.Select(session => session.Id).ToListAsync();
}
