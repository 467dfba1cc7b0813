using System.Net;
using Atlas.Http.Tests.Harness;
using Xunit;

namespace Atlas.Http.Tests.Reviews;

[Collection(ApiCollection.Name)]
public sealed class ReviewTests(Api api)
{
    private readonly HttpClient _http = api.Client;

    [Fact]
    public async Task One_session_is_decided_and_the_decision_is_on_record()
    {
        var id = await _http.RunSessionAsync(Api.NewKey());
        var reviewed = await _http.PostAsync($"v1/sessions/{id}/review", new { status = "quarantined", reviewer = "ana", note = "wrong customer" });
        Assert.Equal("quarantined", reviewed.Text("review_status"));
        var shown = await _http.GetAsync($"v1/sessions/{id}", HttpStatusCode.OK);
        Assert.Equal("ana", shown.Text("reviewed_by"));
        Assert.Equal("wrong customer", shown.GetProperty("decisions")[0].Text("note"));
    }

    [Fact]
    public async Task Many_are_decided_by_filter_after_a_dry_run_that_changes_nothing()
    {
        var key = Api.NewKey();
        var low = new List<long>();
        foreach (var score in new[] { 0.1, 0.2, 0.9 })
        {
            var id = await _http.RunSessionAsync(key, score);
            await _http.PostAsync($"v1/sessions/{id}/review", new { status = "pending" });
            if (score < 0.5)
            {
                low.Add(id);
            }
        }

        var body = new { filter = new { learning_key = key, max_score = 0.5 }, status = "quarantined", note = "poor", dry_run = true };
        var dry = await _http.PostAsync("v1/reviews/decide", body);
        Assert.Equal((2, 0), (dry.Number("matched"), dry.Number("decided")));
        Assert.Equal(low, dry.GetProperty("session_ids").EnumerateArray().Select(id => id.GetInt64()));
        Assert.Equal(3, (await _http.GetAsync($"v1/reviews?learning_key={key.Escaped()}", HttpStatusCode.OK)).GetProperty("reviews").GetArrayLength());

        Assert.Equal(2, (await _http.PostAsync("v1/reviews/decide", body with { dry_run = false })).Number("decided"));
        var left = (await _http.GetAsync($"v1/reviews?learning_key={key.Escaped()}&review_status=quarantined", HttpStatusCode.OK)).GetProperty("reviews");
        Assert.Equal(low, left.EnumerateArray().Select(item => item.Number("id")));
    }
}
