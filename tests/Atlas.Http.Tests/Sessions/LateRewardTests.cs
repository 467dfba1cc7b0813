using System.Net;
using Atlas.Http.Tests.Harness;
using Xunit;

namespace Atlas.Http.Tests.Sessions;

[Collection(ApiCollection.Name)]
public sealed class LateRewardTests(Api api)
{
    private readonly HttpClient _http = api.Client;

    [Fact]
    public async Task A_reward_after_the_end_counts_once_however_often_it_is_sent()
    {
        var key = Api.NewKey();
        var id = await _http.RunSessionAsync(key, score: null);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await _http.GetAsync($"v1/sessions/{id}", HttpStatusCode.OK)).GetProperty("score").ValueKind);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _http.PostAsync($"v1/sessions/{id}/reward", new { score = 0.25, judge = "customer" })));

        Assert.All(answers, answer => Assert.Equal((id, "succeeded"), (answer.Number("session_id"), answer.Text("status"))));
        Assert.Equal(0.25, (await _http.GetAsync($"v1/sessions/{id}", HttpStatusCode.OK)).GetProperty("score").GetDouble());
        var state = await _http.GetAsync($"v1/sessions/{id}/reward", HttpStatusCode.OK);
        Assert.Equal("customer", state.GetProperty("reward").Text("judge"));
        Assert.Equal((1, 1, 1), await CountedAsync(key));
        (await _http.PostAsync($"v1/sessions/{id}/reward", new { score = 0.5, judge = "customer" }, HttpStatusCode.Conflict)).IsProblem("already-rewarded");
        Assert.Equal((1, 1, 1), await CountedAsync(key));
    }

    [Fact]
    public async Task A_session_is_found_by_the_answers_of_its_provider()
    {
        var key = Api.NewKey();
        var (said, named, last) = ($"chatcmpl-{Guid.NewGuid():N}", $"resp_{Guid.NewGuid():N}", $"msg_{Guid.NewGuid():N}");
        var id = (await _http.PostAsync("v1/sessions", new { task = "t", learning_key = key })).Number("session_id");
        await _http.PostAsync($"v1/sessions/{id}/events", new { events = new object[] { new { id = said, choices = Array.Empty<object>() } }, response_ids = new[] { named } });
        (await _http.PostAsync($"v1/sessions/{said}/reward", new { score = 1 }, HttpStatusCode.Conflict)).IsProblem("session-running");
        await _http.PostAsync($"v1/sessions/{named}/complete", new { status = "succeeded", response_ids = new[] { last } });

        Assert.Equal(id, (await _http.PostAsync($"v1/sessions/{last}/reward", new { score = 0.75 })).Number("session_id"));
        foreach (var name in new[] { said, named, last })
        {
            Assert.Equal(0.75, (await _http.GetAsync($"v1/sessions/{name}", HttpStatusCode.OK)).GetProperty("score").GetDouble());
        }

        Assert.Equal((1, 1, 1), await CountedAsync(key));
        (await _http.PostAsync("v1/sessions/chatcmpl-unknown/reward", new { score = 1 }, HttpStatusCode.NotFound)).IsProblem("session-not-found");
    }

    [Fact]
    public async Task An_answer_far_down_a_long_append_is_recognized()
    {
        var said = $"chatcmpl-{Guid.NewGuid():N}";
        var id = (await _http.PostAsync("v1/sessions", new { task = "t", learning_key = Api.NewKey() })).Number("session_id");
        await _http.PostAsync($"v1/sessions/{id}/events", new { events = Enumerable.Range(0, 1500).Select(n => n == 1499 ? (object)new { id = said } : new { n }) });
        Assert.Equal(id, (await _http.GetAsync($"v1/sessions/{said}", HttpStatusCode.OK)).Number("id"));
    }

    [Theory]
    [InlineData("""{"score": 1.5}""")]
    [InlineData("""{"score": "good"}""")]
    [InlineData("""{"score": 1, "uncertainty": -1}""")]
    [InlineData("""{}""")]
    public async Task A_reward_that_is_none_is_refused_and_stores_nothing(string body)
    {
        var key = Api.NewKey();
        var id = await _http.RunSessionAsync(key, score: null);
        (await _http.PostAsync($"v1/sessions/{id}/reward", body, HttpStatusCode.BadRequest)).IsProblem("invalid-request");
        Assert.Equal((1, 0, 0), await CountedAsync(key));
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("")]
    [InlineData("chatcmpl-a/b")]
    [InlineData("resp_\u00e9")]
    public async Task What_cannot_name_an_answer_is_refused(string named)
    {
        var id = (await _http.PostAsync("v1/sessions", new { task = "t", learning_key = Api.NewKey() })).Number("session_id");
        (await _http.PostAsync($"v1/sessions/{id}/complete", new { status = "succeeded", response_ids = new[] { named } }, HttpStatusCode.BadRequest)).IsProblem("invalid-request");
        Assert.Equal("running", (await _http.GetAsync($"v1/sessions/{id}", HttpStatusCode.OK)).Text("status"));
    }

    /// <summary>Sessions counted, rewards counted late, and rewards in the key's state.</summary>
    private async Task<(long Observed, long Rewarded, long Rewards)> CountedAsync(string key) => (
        await api.Database.ScalarAsync<long>("SELECT count(*) FROM learning_journal WHERE learning_key = $1 AND event_type = 'session_observed'", key),
        await api.Database.ScalarAsync<long>("SELECT count(*) FROM learning_journal WHERE learning_key = $1 AND event_type = 'session_rewarded'", key),
        await api.Database.ScalarAsync<long>("SELECT coalesce((state #>> '{history,score_count}')::bigint, -1) FROM orleans.learning_state WHERE learning_key = $1", key));
}
