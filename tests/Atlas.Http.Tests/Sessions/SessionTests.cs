using System.Net;
using System.Text.Json;
using Atlas.Http.Tests.Harness;
using Xunit;

namespace Atlas.Http.Tests.Sessions;

[Collection(ApiCollection.Name)]
public sealed class SessionTests(Api api)
{
    private readonly HttpClient _http = api.Client;

    [Fact]
    public async Task A_session_starts_records_and_ends_and_the_next_one_is_given_the_playbook()
    {
        var key = Api.NewKey();
        var started = await _http.PostAsync("v1/sessions", new { task = "Refund order 1042", learning_key = key, metadata = new { tags = new[] { "billing" } } });
        var id = started.Number("session_id");
        Assert.Equal(key, started.Text("learning_key"));
        Assert.Equal(0, started.GetProperty("playbook").Number("version"));

        var first = await _http.PostAsync($"v1/sessions/{id}/events", new { events = new object[] { new { type = "tool_call", name = "get_order" }, new { type = "note" } } });
        Assert.Equal(0, first.Number("first_sequence"));
        var second = await _http.PostAsync($"v1/sessions/{id}/events", new { events = new object[] { new { type = "tool_call", name = "refund" } } });
        Assert.Equal(2, second.Number("first_sequence"));
        Assert.Equal(3, second.Number("next_sequence"));

        await _http.PostAsync($"v1/sessions/{id}/plan", new { plan = new { steps = new[] { new { id = 1, description = "Look it up" } } } });
        await _http.PostAsync($"v1/sessions/{id}/steps", new { step_id = 1, output = "found", evaluation = new { score = 1 }, attempt_evaluations = new[] { new { score = 0 }, new { score = 1 } }, guidance = new[] { "Check the date." } });
        await _http.PostAsync($"v1/sessions/{id}/guidance", new { step_id = 1, note = "And the amount." });
        await _http.PostAsync($"v1/sessions/{id}/usage", new { usage = new { roles = new { } } });
        await _http.PostAsync($"v1/sessions/{id}/renew", new { });
        var done = await _http.PostAsync($"v1/sessions/{id}/complete", new { status = "succeeded", final_answer = "Refunded.", reward = new { score = 0.9, rationale = "right" } });
        Assert.Equal("succeeded", done.Text("status"));

        var shown = await _http.GetAsync($"v1/sessions/{id}", HttpStatusCode.OK);
        Assert.Equal("Refunded.", shown.Text("final_answer"));
        Assert.Equal(0.9, shown.GetProperty("score").GetDouble());
        Assert.Equal(0.9, shown.GetProperty("reward").GetProperty("score").GetDouble());
        Assert.Equal(2, shown.GetProperty("steps")[0].GetProperty("attempt_details").GetArrayLength());
        Assert.Equal(["Check the date.", "And the amount."], shown.GetProperty("steps")[0].GetProperty("guidance_notes").EnumerateArray().Select(note => note.GetString()));

        var state = await _http.GetAsync($"v1/sessions/{id}/reward?wait_seconds=5", HttpStatusCode.OK);
        Assert.Equal(0.9, state.GetProperty("reward").GetProperty("score").GetDouble());
        await _http.PostAsync($"v1/keys/{key.Escaped()}/import", new { playbook = new { format = "atlas.playbook.v2", student = new[] { "Be brief." }, teacher = (string[]?)null, entries = Array.Empty<object>() } });
        var playbook = await _http.GetAsync($"v1/keys/{key.Escaped()}/playbook", HttpStatusCode.OK);
        var next = await _http.PostAsync("v1/sessions", new { task = "Refund order 1043", learning_key = key });
        Assert.Equal(playbook.GetProperty("student").Text("sha256"), next.GetProperty("playbook").GetProperty("student").Text("sha256"));
        Assert.Contains(next.GetProperty("playbook").GetProperty("student").Text("text"), next.GetProperty("playbook").GetProperty("student").Text("block"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_are_paged_in_their_order_and_a_repeated_number_changes_nothing()
    {
        var id = (await _http.PostAsync("v1/sessions", new { task = "t", learning_key = Api.NewKey() })).Number("session_id");
        await _http.PostAsync($"v1/sessions/{id}/events", new { first_sequence = 0, events = Enumerable.Range(0, 5).Select(n => new { n }) });
        await _http.PostAsync($"v1/sessions/{id}/events", new { first_sequence = 3, events = Enumerable.Range(3, 4).Select(n => new { n }) });

        var seen = new List<int>();
        var cursor = "";
        do
        {
            var page = await _http.GetAsync($"v1/sessions/{id}/events?limit=3{cursor}", HttpStatusCode.OK);
            seen.AddRange(page.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("event").GetProperty("n").GetInt32()));
            cursor = page.GetProperty("next_cursor").GetString() is { } next ? $"&cursor={next}" : null;
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 7), seen);
    }

    [Fact]
    public async Task Appends_without_numbers_at_the_same_time_lose_nothing()
    {
        var id = (await _http.PostAsync("v1/sessions", new { task = "t", learning_key = Api.NewKey() })).Number("session_id");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => _http.PostAsync($"v1/sessions/{id}/events", new { events = new[] { new { n }, new { n } } })));

        var page = await _http.GetAsync($"v1/sessions/{id}/events?limit=100", HttpStatusCode.OK);
        Assert.Equal(
            Enumerable.Range(0, 20).SelectMany(n => new[] { n, n }),
            page.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("event").GetProperty("n").GetInt32()).Order());
    }

    [Fact]
    public async Task A_list_is_filtered_and_paged_by_cursor()
    {
        var key = Api.NewKey();
        var ids = new List<long>();
        for (var n = 0; n < 5; n++)
        {
            ids.Add(await _http.RunSessionAsync(key, score: n / 4.0));
        }

        var first = await _http.GetAsync($"v1/sessions?learning_key={key.Escaped()}&limit=3&status=succeeded", HttpStatusCode.OK);
        var second = await _http.GetAsync($"v1/sessions?learning_key={key.Escaped()}&limit=3&cursor={first.Text("next_cursor")}", HttpStatusCode.OK);
        var found = first.GetProperty("sessions").EnumerateArray().Concat(second.GetProperty("sessions").EnumerateArray()).Select(one => one.Number("id"));
        Assert.Equal(Enumerable.Reverse(ids), found);
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next_cursor").ValueKind);
        Assert.Empty((await _http.GetAsync($"v1/sessions?learning_key={key.Escaped()}&status=failed", HttpStatusCode.OK)).GetProperty("sessions").EnumerateArray());
    }

    [Fact]
    public async Task The_same_external_id_is_the_same_session()
    {
        var (key, external) = (Api.NewKey(), Guid.NewGuid().ToString());
        var first = await _http.PostAsync("v1/sessions", new { task = "t", learning_key = key, external_id = external });
        var again = await _http.PostAsync("v1/sessions", new { task = "t", learning_key = key, external_id = external });
        Assert.Equal(first.Number("session_id"), again.Number("session_id"));
    }

    [Fact]
    public async Task What_has_ended_takes_nothing_more_and_says_so()
    {
        var id = await _http.RunSessionAsync(Api.NewKey());
        (await _http.PostAsync($"v1/sessions/{id}/events", new { events = new[] { new { } } }, HttpStatusCode.Conflict)).IsProblem("session-ended");
        (await _http.PostAsync($"v1/sessions/{id}/plan", new { plan = new { } }, HttpStatusCode.Conflict)).IsProblem("session-ended");
        Assert.Equal("succeeded", (await _http.PostAsync($"v1/sessions/{id}/complete", new { status = "failed" })).Text("status"));
    }

    [Theory]
    [InlineData("v1/sessions/999999999")]
    [InlineData("v1/sessions/99999999999999999999")]
    [InlineData("v1/sessions/-1")]
    [InlineData("v1/sessions/abc")]
    [InlineData("v1/sessions/999999999/events")]
    public async Task An_unknown_session_is_not_found(string path) =>
        (await _http.GetAsync(path, HttpStatusCode.NotFound)).IsProblem("session-not-found");

    [Theory]
    [InlineData("""{"task": ""}""", "invalid-request", 400)]
    [InlineData("""{}""", "invalid-request", 400)]
    [InlineData("""[]""", "invalid-request", 400)]
    [InlineData("""null""", "invalid-request", 400)]
    [InlineData("""{"task": 5}""", "invalid-request", 400)]
    [InlineData("""{"task": null}""", "invalid-request", 400)]
    [InlineData("""{"task": "t", "learnin_key": "x"}""", "invalid-request", 400)]
    [InlineData("""{"task": "t", "task": "u"}""", "invalid-request", 400)]
    [InlineData("""{"task": "t", "metadata": [1]}""", "invalid-request", 400)]
    [InlineData("""{"task": "t", "lease_seconds": -4}""", "refused", 422)]
    [InlineData("""{"task": "t", "lease_seconds": 1e99}""", "invalid-request", 400)]
    [InlineData("""{"task": "t", "learning_key": " "}""", "invalid-learning-key", 400)]
    [InlineData("""{"task": "t", "learning_key": "a\u0000b"}""", "invalid-learning-key", 400)]
    [InlineData("""{"task": "t", "external_id": "a\u0000b"}""", "invalid-request", 400)]
    [InlineData("""{"task": "\ud800", "learning_key": "\ud800"}""", "invalid-request", 400)]
    [InlineData("""{"task": "t" """, "invalid-request", 400)]
    public async Task A_wrong_body_is_refused_with_a_sentence(string body, string code, int status)
    {
        var problem = await _http.PostAsync("v1/sessions", body, (HttpStatusCode)status);
        problem.IsProblem(code);
        Assert.DoesNotContain("Atlas.", problem.Text("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_member_is_named_with_those_that_are_known()
    {
        var problem = await _http.PostAsync("v1/sessions", """{"task": "t", "learnin_key": "x"}""", HttpStatusCode.BadRequest);
        Assert.Contains("'learnin_key'", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Contains("learning_key", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_with_or_without_its_length()
    {
        var body = JsonSerializer.Serialize(new { task = new string('x', 1_100_000) });
        (await _http.PostAsync("v1/sessions", body, HttpStatusCode.RequestEntityTooLarge)).IsProblem("payload-too-large");

        using var chunked = new HttpRequestMessage(HttpMethod.Post, "v1/sessions") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        chunked.Headers.TransferEncodingChunked = true;
        using var response = await _http.SendAsync(chunked);
        (await response.ReadAsync(HttpStatusCode.RequestEntityTooLarge)).IsProblem("payload-too-large");
    }

    [Fact]
    public async Task A_body_of_another_type_is_refused()
    {
        using var request = new StringContent("task=t", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await _http.PostAsync("v1/sessions", request);
        (await response.ReadAsync(HttpStatusCode.UnsupportedMediaType)).IsProblem("unsupported-media-type");
    }

    [Theory]
    [InlineData("v1/sessions?limit=abc", "'limit'")]
    [InlineData("v1/sessions?limit=0", "'limit'")]
    [InlineData("v1/sessions?statsu=running", "'statsu'")]
    [InlineData("v1/sessions?status=runing", "running, succeeded, failed")]
    [InlineData("v1/sessions?status=running&status=failed", "once")]
    [InlineData("v1/sessions?cursor=%21%21", "'cursor'")]
    [InlineData("v1/sessions?tag=a%00b", "'tag'")]
    public async Task A_wrong_parameter_is_named(string path, string named)
    {
        var problem = await _http.GetAsync(path, HttpStatusCode.BadRequest);
        problem.IsProblem("invalid-request");
        Assert.Contains(named, problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_none_answers_with_a_problem_too() =>
        (await _http.GetAsync("v1/nothing/here", HttpStatusCode.NotFound)).IsProblem("not-found");
}
