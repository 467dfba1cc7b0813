using System.Net;
using System.Text.Json;
using Atlas.Http.Tests.Harness;
using Atlas.Storage.Learning;
using Atlas.Testing;
using Xunit;

namespace Atlas.Http.Tests.Keys;

[Collection(ApiCollection.Name)]
public sealed class ProposalTests(Api api)
{
    private readonly HttpClient _http = api.Client;

    [Fact]
    public async Task A_proposed_entry_is_in_no_prompt_until_it_is_accepted()
    {
        var key = Api.NewKey();
        var path = $"v1/keys/{key.Escaped()}";
        var entry = new { audience = "student", cue = new { type = "keyword", pattern = "voucher", description = "the customer speaks of a voucher" }, action = new { imperative = "Read the policy first" } };
        var other = new { audience = "student", cue = new { type = "keyword", pattern = "refund" }, action = new { imperative = "Refund at once" } };
        var proposed = (await _http.PostAsync($"{path}/proposals", new { entries = new object[] { entry, other, entry }, source = "a test" })).GetProperty("proposals");
        Assert.Equal(2, proposed.GetArrayLength());
        Assert.Equal("ProposeEntries", Assert.Single((await _http.GetAsync($"v1/audit?subject={key.Escaped()}", HttpStatusCode.OK)).GetProperty("entries").EnumerateArray()).Text("action"));
        Assert.Equal(0, (await _http.GetAsync($"{path}/playbook", HttpStatusCode.OK)).Number("version"));

        var ids = proposed.EnumerateArray().Select(one => one.Number("id")).ToArray();
        Assert.Equal(1, (await _http.PostAsync($"{path}/proposals/decide", new { ids = new[] { ids[1] }, accept = false })).Number("decided"));
        var accepted = await _http.PostAsync($"{path}/proposals/decide", new { ids, accept = true, reason = "good advice" });
        Assert.Equal((1, 1), (accepted.Number("decided"), accepted.Number("version")));
        var text = (await _http.GetAsync($"{path}/playbook", HttpStatusCode.OK)).GetProperty("student").Text("text");
        Assert.Contains("Read the policy first", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Refund at once", text, StringComparison.Ordinal);
        Assert.Equal(0, (await _http.PostAsync($"{path}/proposals/decide", new { ids, accept = true })).Number("decided"));
        Assert.Empty((await _http.GetAsync($"{path}/proposals?status=pending", HttpStatusCode.OK)).GetProperty("proposals").EnumerateArray());
    }

    [Fact]
    public async Task Two_who_decide_at_once_do_not_both_have_their_way()
    {
        var key = Api.NewKey();
        var path = $"v1/keys/{key.Escaped()}";
        var entry = new { audience = "student", cue = new { type = "keyword", pattern = "voucher" }, action = new { imperative = "Read the policy first" } };
        var id = (await _http.PostAsync($"{path}/proposals", new { entries = new object[] { entry } })).GetProperty("proposals")[0].Number("id");
        Task<JsonElement> accepting;
        await using (var taken = await new EntryProposals(api.Database.DataSource).TakeAsync(key, [id]))
        {
            accepting = _http.PostAsync($"{path}/proposals/decide", new { ids = new[] { id, 999_999_999 }, accept = true });
            await Eventually.TrueAsync(
                async () => await api.Database.ScalarAsync<long>(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%entry_proposals%'") == 1,
                TimeSpan.FromMinutes(1), "a second decision that waits");
            await taken.DecideAsync("declined", "ben");
        }

        var accepted = await accepting;
        Assert.Equal((0, 0), (accepted.Number("decided"), accepted.Number("version")));
        Assert.Equal([id, 999_999_999], accepted.GetProperty("not_pending").EnumerateArray().Select(one => one.GetInt64()));
        Assert.Equal("ben", Assert.Single((await _http.GetAsync($"{path}/proposals", HttpStatusCode.OK)).GetProperty("proposals").EnumerateArray()).Text("decided_by"));
    }

    [Fact]
    public async Task What_is_no_entry_is_refused_with_its_place()
    {
        var problem = await _http.PostAsync($"v1/keys/{Api.NewKey().Escaped()}/proposals", new { entries = new object[] { new { cue = new { pattern = "x" }, action = new { } } } }, HttpStatusCode.UnprocessableEntity);
        problem.IsProblem("refused");
        Assert.Contains("entries[0].action.imperative", problem.Text("detail"), StringComparison.Ordinal);
    }
}
