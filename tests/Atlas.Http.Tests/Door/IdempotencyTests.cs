using System.Net;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Tests.Harness;
using Atlas.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit;

namespace Atlas.Http.Tests.Door;

[Collection(ApiCollection.Name)]
public sealed class IdempotencyTests(Api api)
{
    private readonly HttpClient _http = api.Client;

    private static (string, string) Same() => ("Idempotency-Key", Guid.NewGuid().ToString());

    private static object Playbook(string line) => new { playbook = new { format = "atlas.playbook.v2", student = new[] { line }, teacher = (string[]?)null, entries = Array.Empty<object>() } };

    [Fact]
    public async Task The_same_request_again_is_done_once_and_answered_alike()
    {
        var (key, same) = (Api.NewKey(), Same());
        using var first = await _http.SendAsync("v1/sessions", new { task = "t", learning_key = key }, same);
        using var again = await _http.SendAsync("v1/sessions", new { task = "t", learning_key = key }, same);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(1, await api.Database.ScalarAsync<long>("SELECT count(*) FROM sessions WHERE stored_learning_key = $1", key));

        var id = (await again.ReadAsync(HttpStatusCode.OK)).Number("session_id");
        var append = Same();
        await _http.PostAsync($"v1/sessions/{id}/events", new { events = new[] { new { n = 1 } } }, HttpStatusCode.OK, append);
        await _http.PostAsync($"v1/sessions/{id}/events", new { events = new[] { new { n = 1 } } }, HttpStatusCode.OK, append);
        Assert.Equal(1, (await _http.GetAsync($"v1/sessions/{id}", HttpStatusCode.OK)).Number("event_count"));
    }

    [Fact]
    public async Task A_change_of_a_playbook_is_made_once_however_often_it_is_sent_at_once()
    {
        var key = Api.NewKey();
        var path = $"v1/keys/{key.Escaped()}";
        await _http.PostAsync($"{path}/import", Playbook("One."));
        await _http.PostAsync($"{path}/import", Playbook("Two."));
        var same = Same();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _http.PostAsync($"{path}/rollback", new { version = 1 }, HttpStatusCode.OK, same)));
        Assert.All(answers, answer => Assert.Equal(3, answer.Number("version")));
        Assert.Equal(3, (await _http.GetAsync(path, HttpStatusCode.OK)).Number("newest_version"));
    }

    [Fact]
    public async Task A_change_whose_answer_was_lost_is_found_in_the_journal_and_not_made_again()
    {
        var key = Api.NewKey();
        var path = $"v1/keys/{key.Escaped()}";
        await _http.PostAsync($"{path}/import", Playbook("One."));
        await _http.PostAsync($"{path}/import", Playbook("Two."));
        var same = Same();
        await _http.PostAsync($"{path}/rollback", new { version = 1 }, HttpStatusCode.OK, same);

        // As after a crash between the change and its answer.
        await api.Database.ExecuteAsync("UPDATE api_requests SET status = NULL, body = NULL, lease_until = now() - interval '1 second' WHERE body IS NOT NULL");
        await _http.PostAsync($"{path}/import", Playbook("Three."));
        Assert.Equal(3, (await _http.PostAsync($"{path}/rollback", new { version = 1 }, HttpStatusCode.OK, same)).Number("version"));
        Assert.Equal(4, (await _http.GetAsync(path, HttpStatusCode.OK)).Number("newest_version"));
    }

    [Fact]
    public async Task A_decision_for_many_whose_answer_was_lost_is_about_the_same_sessions_and_on_record_once()
    {
        var key = Api.NewKey();
        var sessions = new List<long>();
        for (var n = 0; n < 3; n++)
        {
            sessions.Add(await _http.RunSessionAsync(key));
            await _http.PostAsync($"v1/sessions/{sessions[n]}/review", new { status = "pending" });
        }

        var (same, body) = (Same(), new { filter = new { learning_key = key }, status = "quarantined", note = "poor", limit = 2 });
        var first = await _http.PostAsync("v1/reviews/decide", body, HttpStatusCode.OK, same);

        // As after a crash between the decision and its answer.
        await api.Database.ExecuteAsync("UPDATE api_requests SET status = NULL, body = NULL, lease_until = now() - interval '1 second' WHERE session_ids IS NOT NULL");
        using var again = await _http.SendAsync("v1/reviews/decide", body, same);

        Assert.False(again.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(first.GetRawText(), await again.Content.ReadAsStringAsync());
        Assert.Equal(sessions[..2], first.GetProperty("session_ids").EnumerateArray().Select(id => id.GetInt64()));
        Assert.Equal("pending", (await _http.GetAsync($"v1/sessions/{sessions[2]}", HttpStatusCode.OK)).Text("review_status"));
        Assert.Equal(2, await api.Database.ScalarAsync<long>(
            "SELECT count(*) FROM review_decisions d JOIN sessions s ON s.id = d.session_id WHERE s.stored_learning_key = $1 AND d.status = 'quarantined'", key));
    }

    [Fact]
    public async Task A_decision_for_many_does_not_override_what_somebody_else_decided_in_the_meantime()
    {
        var key = Api.NewKey();
        var sessions = new List<long>();
        for (var n = 0; n < 3; n++)
        {
            sessions.Add(await _http.RunSessionAsync(key));
            await _http.PostAsync($"v1/sessions/{sessions[n]}/review", new { status = "pending" });
        }

        // As after a crash before the second decision: the sessions are chosen, and somebody else decides before the request comes again.
        var (same, body) = (Same(), new { filter = new { learning_key = key }, status = "quarantined", note = "poor" });
        await _http.PostAsync("v1/reviews/decide", body, HttpStatusCode.OK, same);
        await _http.PostAsync($"v1/sessions/{sessions[1]}/review", new { status = "approved", reviewer = "ben" });
        await api.Database.ExecuteAsync("UPDATE api_requests SET status = NULL, body = NULL, lease_until = now() - interval '1 second' WHERE session_ids IS NOT NULL");
        var again = await _http.PostAsync("v1/reviews/decide", body, HttpStatusCode.OK, same);

        Assert.Equal((3, 2), (again.Number("matched"), again.Number("decided")));
        var failed = Assert.Single(again.GetProperty("failed").EnumerateArray());
        Assert.Equal(sessions[1], failed.Number("id"));
        Assert.Contains("now approved, as ben", failed.Text("reason"), StringComparison.Ordinal);
        Assert.Equal("approved", (await _http.GetAsync($"v1/sessions/{sessions[1]}", HttpStatusCode.OK)).Text("review_status"));
    }

    [Fact]
    public async Task The_numbers_of_a_refused_append_are_not_kept()
    {
        var id = await _http.RunSessionAsync(Api.NewKey());

        await _http.PostAsync($"v1/sessions/{id}/events", new { events = new object[] { new { type = "late" } } }, HttpStatusCode.Conflict, Same());

        Assert.Equal(0, await api.Database.ScalarAsync<long>("SELECT count(*) FROM api_appends WHERE session_id = $1", id));
    }

    [Fact]
    public async Task A_request_does_not_wait_until_old_ones_are_cleaned_away()
    {
        await api.Database.ExecuteAsync("""
            INSERT INTO api_requests (operation_id, fingerprint, lease_until, created_at)
            SELECT 'old ' || n, '', now(), now() - interval '10 years' FROM generate_series(1, 2500) AS n;
            INSERT INTO api_appends (operation_id, session_id, first_sequence) SELECT 'old ' || n, 0, n FROM generate_series(1, 2500) AS n;
            INSERT INTO api_appends (operation_id, session_id, first_sequence, created_at)
            SELECT 'old refused ' || n, 0, n, now() - interval '10 years' FROM generate_series(1, 1500) AS n;
            """);
        var idempotency = new Idempotency(api.Database.DataSource, Options.Create(new AtlasHttpOptions()), TimeProvider.System);
        var context = new DefaultHttpContext { RequestServices = api.Services };
        context.Request.Headers[Idempotency.Header] = Guid.NewGuid().ToString();
        await using var connection = await api.Database.DataSource.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var hold = new NpgsqlCommand("LOCK TABLE api_appends IN EXCLUSIVE MODE", connection, transaction);
            await hold.ExecuteNonQueryAsync();

            await idempotency.RunAsync(context, Caller.Local, _ => Task.CompletedTask).WaitAsync(TimeSpan.FromMinutes(1));
        }

        await Eventually.TrueAsync(
            async () => await api.Database.ScalarAsync<long>(
                "SELECT (SELECT count(*) FROM api_requests WHERE operation_id LIKE 'old %') + (SELECT count(*) FROM api_appends WHERE operation_id LIKE 'old %')") == 0,
            TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_refused()
    {
        var same = Same();
        await _http.PostAsync("v1/sessions", new { task = "t", learning_key = Api.NewKey() }, HttpStatusCode.OK, same);
        (await _http.PostAsync("v1/sessions", new { task = "another", learning_key = Api.NewKey() }, HttpStatusCode.UnprocessableEntity, same)).IsProblem("idempotency-key-reused");
    }

    [Fact]
    public async Task What_was_refused_may_be_sent_again_when_the_reason_is_gone()
    {
        var (key, same) = (Api.NewKey(), Same());
        var path = $"v1/keys/{key.Escaped()}";
        await _http.PostAsync($"{path}/import", Playbook("One."));
        await _http.PostAsync($"{path}/freeze", new { });
        (await _http.PostAsync($"{path}/import", Playbook("Two."), HttpStatusCode.Conflict, same)).IsProblem("key-frozen");
        await _http.PostAsync($"{path}/unfreeze", new { });
        Assert.Equal(2, (await _http.PostAsync($"{path}/import", Playbook("Two."), HttpStatusCode.OK, same)).Number("version"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData(null)]
    public async Task A_key_that_is_none_is_refused(string? key) =>
        (await _http.PostAsync("v1/sessions", new { task = "t" }, HttpStatusCode.BadRequest, ("Idempotency-Key", key ?? new string('k', 256)))).IsProblem("invalid-request");
}
