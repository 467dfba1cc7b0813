using Atlas.Storage.Forgetting;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Storage.Tests.Forgetting;

public sealed class ForgettingStoreTests
{
    [Fact]
    public async Task Many_answers_of_the_API_are_searched_once_for_many_sessions()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("""
            INSERT INTO sessions (task, status) SELECT 'Refund order ' || n, 'succeeded' FROM generate_series(1, 6000) AS n;
            INSERT INTO api_requests (operation_id, fingerprint, status, body, lease_until)
            SELECT 'op-' || n, 'f', 200, convert_to(jsonb_build_object('session_id', n, 'note', repeat('Refund ', 20))::text, 'UTF8'), now() FROM generate_series(1, 6000) AS n
            """);

        // A comparison of every answer with every session takes minutes.
        await using var hurried = new NpgsqlDataSourceBuilder($"{database.ConnectionString};Options=-c statement_timeout=20s").Build();
        await new ForgettingStore(hurried).ForgetAsync(new ForgettingReceipt(null, [.. Enumerable.Range(1, 3000)], "ada", null, 0, 0, [], []), subject: null);

        Assert.Equal("3001 6000 3000", await database.ScalarAsync<string>("""
            SELECT concat_ws(' ', min(substr(operation_id, 4)::integer), max(substr(operation_id, 4)::integer), count(*)) FROM api_requests
            """));
        Assert.Equal("3000", await database.ScalarAsync<string>("SELECT records ->> 'api_requests' FROM forgettings"));
    }

    [Fact]
    public async Task A_note_goes_with_every_session_of_its_key_that_has_it_and_no_other()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("""
            INSERT INTO sessions (id, task, status, metadata, student_learning, teacher_learning) VALUES
              (1, 'a', 'succeeded', '{"learning_key": "one"}', 'Ask Ada.', NULL), (2, 'b', 'succeeded', '{"learning_key": "one"}', 'Ask Ada.', 'Be brief.'),
              (3, 'c', 'succeeded', '{"learning_key": "one"}', 'Look first.', NULL), (4, 'd', 'succeeded', '{"learning_key": "two"}', 'Ask Ada.', NULL)
            """);

        await new ForgettingStore(database.DataSource).ForgetAsync(new ForgettingReceipt("one", [1], "ada", null, 0, 0, [], []), subject: null);

        Assert.Equal("2:- 3:Look first. 4:Ask Ada.", await database.ScalarAsync<string>(
            "SELECT string_agg(id || ':' || coalesce(student_learning, teacher_learning, '-'), ' ' ORDER BY id) FROM sessions"));
    }

    [Theory]
    [InlineData(null, null, "- - -")]
    [InlineData("one", null, "- key:/ada key:/ada")]
    [InlineData(null, "one", "key:/ada - -")]
    public async Task A_text_beside_the_records_is_forgotten_within_the_limits_of_who_asks(string? prefix, string? except, string left)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("""
            INSERT INTO sessions (id, task, status, metadata, paid_by) VALUES
              (1, 'a', 'succeeded', '{"learning_key": "one/refunds"}', 'key:/ada'), (2, 'b', 'succeeded', '{"learning_key": "two"}', 'key:/ada'),
              (3, 'c', 'succeeded', '{}', 'key:/ada');
            INSERT INTO session_faults (session_id, stage, fault) SELECT id, 'completion', 'Ada is no number.' FROM sessions;
            INSERT INTO orleans.review_claim (session_id, holder, until) SELECT id, 'ada', now() FROM sessions
            """);

        await database.ExecuteAsync("SELECT forget_subject_beside(ARRAY['Ada'], $1, $2)", (object?)prefix ?? DBNull.Value, (object?)except ?? DBNull.Value);

        Assert.Equal(left, await database.ScalarAsync<string>("SELECT string_agg(coalesce(paid_by, '-'), ' ' ORDER BY id) FROM sessions"));
        var kept = left.Split(' ').Count(payer => payer != "-");
        Assert.Equal(kept, await database.ScalarAsync<long>("SELECT count(*) FROM orleans.review_claim"));
        Assert.Equal(kept, await database.ScalarAsync<long>("SELECT count(*) FROM session_faults WHERE fault <> '[forgotten]'"));
    }
}
