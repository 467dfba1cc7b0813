using System.Net;
using System.Text.Json;
using Atlas.Http.Tests.Harness;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Http.Tests.Keys;

[Collection(ApiCollection.Name)]
public sealed class KeyTests(Api api)
{
    private readonly HttpClient _http = api.Client;

    private static object Playbook(params string[] student) => new { format = "atlas.playbook.v2", student, teacher = (string[]?)null, entries = Array.Empty<object>() };

    private Task<JsonElement> ImportAsync(string key, string line, HttpStatusCode expected = HttpStatusCode.OK, params (string, string)[] headers) =>
        _http.PostAsync($"v1/keys/{key.Escaped()}/import", new { playbook = Playbook(line), reason = "a test" }, expected, headers);

    [Fact]
    public async Task Versions_are_listed_shown_compared_and_rolled_back()
    {
        var key = Api.NewKey();
        Assert.Equal(1, (await ImportAsync(key, "Be brief.")).Number("version"));
        Assert.Equal(2, (await ImportAsync(key, "Be kind.")).Number("version"));

        var path = $"v1/keys/{key.Escaped()}";
        var versions = (await _http.GetAsync($"{path}/versions", HttpStatusCode.OK)).GetProperty("versions");
        Assert.Equal([2, 1], versions.EnumerateArray().Select(version => version.Number("version")));
        Assert.Equal("local", versions[0].Text("author"));
        Assert.Equal("a test", versions[0].Text("reason"));
        Assert.Contains("Be brief.", (await _http.GetAsync($"{path}/versions/1", HttpStatusCode.OK)).Text("student_text"), StringComparison.Ordinal);
        (await _http.GetAsync($"{path}/versions/7", HttpStatusCode.NotFound)).IsProblem("version-not-found");

        var difference = await _http.GetAsync($"{path}/diff?from=1&to=2", HttpStatusCode.OK);
        Assert.Contains(difference.GetProperty("student").EnumerateArray(), line => line.Text("text") == "Be kind.");

        var document = (await _http.GetAsync($"{path}/versions/1", HttpStatusCode.OK)).GetProperty("document");
        Assert.Equal(3, (await _http.PostAsync($"{path}/edit", new { playbook = document })).Number("version"));
        Assert.Equal(4, (await _http.PostAsync($"{path}/rollback", new { version = 2 })).Number("version"));
        (await _http.PostAsync($"{path}/rollback", new { version = 70 }, HttpStatusCode.NotFound)).IsProblem("version-not-found");
        Assert.Contains("Be kind.", (await _http.GetAsync($"{path}/playbook", HttpStatusCode.OK)).GetProperty("student").Text("text"), StringComparison.Ordinal);
        Assert.Equal(4, (await _http.GetAsync(path, HttpStatusCode.OK)).Number("newest_version"));
        Assert.Equal(4, (await _http.GetAsync($"{path}/entries", HttpStatusCode.OK)).Number("version"));
    }

    [Fact]
    public async Task Switches_are_turned_and_a_frozen_key_says_why_it_refuses()
    {
        var key = Api.NewKey();
        await ImportAsync(key, "One.");
        await ImportAsync(key, "Two.");
        var path = $"v1/keys/{key.Escaped()}";
        Assert.True((await _http.PostAsync($"{path}/freeze", new { reason = "release" })).GetProperty("changed").GetBoolean());
        (await _http.PostAsync($"{path}/rollback", new { version = 1 }, HttpStatusCode.Conflict)).IsProblem("key-frozen");
        (await ImportAsync(key, "Three.", HttpStatusCode.Conflict)).IsProblem("key-frozen");
        await _http.PostAsync($"{path}/unfreeze", new { });

        (await _http.PostAsync($"{path}/promote", new { version = 1 }, HttpStatusCode.Conflict)).IsProblem("key-not-staged");
        await _http.PostAsync($"{path}/stage", new { });
        Assert.Equal(1, (await _http.PostAsync($"{path}/promote", new { version = 1 })).Number("current"));
        await _http.PostAsync($"{path}/unstage", new { });
        Assert.Equal(1, (await _http.PostAsync($"{path}/pin", new { version = 1 })).Number("current"));
        (await _http.PostAsync($"{path}/rollback", new { version = 1 }, HttpStatusCode.Conflict)).IsProblem("key-pinned");
        Assert.Equal(2, (await _http.PostAsync($"{path}/unpin", new { })).Number("current"));
    }

    [Fact]
    public async Task A_known_playbook_costs_no_body_and_no_query()
    {
        var key = Api.NewKey();
        await ImportAsync(key, "Be brief.");
        var path = $"v1/keys/{key.Escaped()}/playbook";
        using var first = await _http.GetAsync(path);
        var etag = first.Headers.ETag!.ToString();
        Assert.Equal(64 + 2, etag.Length);

        const int Reads = 600;
        var before = await StatementsAsync();
        for (var n = 0; n < Reads; n++)
        {
            using var again = await _http.SendAsync(path, null, ("If-None-Match", etag));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(0, again.Content.Headers.ContentLength ?? 0);
        }

        // Membership, guards and timers of the silo go on meanwhile, and so do other tests; a query for each read would show all the same.
        Assert.InRange(await StatementsAsync() - before, 0, Reads / 2);
        await ImportAsync(key, "Be kind.");
        using var changed = await _http.SendAsync(path, null, ("If-None-Match", etag));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(etag, changed.Headers.ETag!.ToString());
    }

    private async Task<long> StatementsAsync()
    {
        await api.Database.ExecuteAsync("SELECT pg_stat_force_next_flush()");
        return await api.Database.ScalarAsync<long>("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()");
    }

    [Fact]
    public async Task A_change_meant_for_another_playbook_is_refused()
    {
        var key = Api.NewKey();
        await ImportAsync(key, "One.");
        using var seen = await _http.GetAsync($"v1/keys/{key.Escaped()}/playbook");
        var etag = seen.Headers.ETag!.ToString();
        await ImportAsync(key, "Two.", HttpStatusCode.OK, ("If-Match", etag));
        (await ImportAsync(key, "Three.", HttpStatusCode.PreconditionFailed, ("If-Match", etag))).IsProblem("precondition-failed");
        (await ImportAsync(key, "Three.", HttpStatusCode.BadRequest, ("If-Match", "no tag"))).IsProblem("invalid-request");
        await ImportAsync(key, "Three.", HttpStatusCode.OK, ("If-Match", "*"));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with/slash/es")]
    [InlineData("with%2Fpercent")]
    [InlineData("with%252Fmore")]
    [InlineData("quotes\"and'ticks`")]
    [InlineData("emoji 🦉 and ümlaut")]
    [InlineData("one+two&c=d?e#f;g")]
    [InlineData("back\\slash")]
    [InlineData(" padded ")]
    [InlineData("padded")]
    [InlineData("7")]
    [InlineData("007")]
    [InlineData("a+b")]
    [InlineData("beef+b")]
    [InlineData("0123456789abcdef0123456789abcdef+b")]
    [InlineData("01234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("50 % off")]
    [InlineData("<script>alert(1)</script>")]
    public async Task Any_text_is_a_key_and_told_apart_from_what_looks_like_it(string name)
    {
        var key = $"{name}/{Guid.NewGuid():N}/{name}";
        var path = $"v1/keys/{key.Escaped()}";
        Assert.Equal(0, (await _http.GetAsync($"{path}/playbook", HttpStatusCode.OK)).Number("version"));
        (await _http.GetAsync(path, HttpStatusCode.NotFound)).IsProblem("key-not-found");
        await ImportAsync(key, "One.");
        Assert.Equal(key, (await _http.GetAsync($"{path}/playbook", HttpStatusCode.OK)).Text("learning_key"));
        Assert.Equal(key, (await _http.GetAsync(path, HttpStatusCode.OK)).GetProperty("playbook").Text("learning_key"));
        Assert.Equal(key, await api.Database.ScalarAsync<string>("SELECT learning_key FROM playbook_versions WHERE learning_key = $1", new NpgsqlParameter<string> { TypedValue = key }.TypedValue!));
        Assert.Equal(1, (await _http.GetAsync($"{path}/versions", HttpStatusCode.OK)).GetProperty("versions").GetArrayLength());
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused_with_a_sentence()
    {
        (await _http.GetAsync($"v1/keys/{new string('k', 4096)}/playbook", HttpStatusCode.BadRequest)).IsProblem("invalid-learning-key");
        (await _http.GetAsync($"v1/keys/{string.Concat(Enumerable.Repeat("🦉", 513)).Escaped()}/playbook", HttpStatusCode.BadRequest)).IsProblem("invalid-learning-key");
        Assert.Equal(0, (await _http.GetAsync($"v1/keys/{string.Concat(Enumerable.Repeat("🦉", 512)).Escaped()}/playbook", HttpStatusCode.OK)).Number("version"));
        (await _http.GetAsync("v1/keys/%20/playbook", HttpStatusCode.BadRequest)).IsProblem("invalid-learning-key");
        (await _http.GetAsync("v1/keys/a%07b/playbook", HttpStatusCode.BadRequest)).IsProblem("invalid-learning-key");
        (await _http.GetAsync("v1/keys/tenant%3Aother%2Fx/playbook", HttpStatusCode.BadRequest)).IsProblem("invalid-learning-key");
        (await _http.PostAsync($"v1/keys/{Api.NewKey().Escaped()}/freeze", new { }, HttpStatusCode.NotFound)).IsProblem("key-not-found");
    }

    [Fact]
    public async Task A_playbook_that_is_none_is_refused_and_nothing_is_stored()
    {
        var key = Api.NewKey();
        var path = $"v1/keys/{key.Escaped()}";
        (await _http.PostAsync($"{path}/import", new { playbook = new { format = "else" } }, HttpStatusCode.UnprocessableEntity)).IsProblem("refused");
        (await _http.PostAsync($"{path}/import", new { playbook = "text" }, HttpStatusCode.BadRequest)).IsProblem("invalid-request");
        (await _http.GetAsync(path, HttpStatusCode.NotFound)).IsProblem("key-not-found");
    }

    [Fact]
    public async Task Keys_are_listed_page_by_page()
    {
        var mark = Guid.NewGuid().ToString("N");
        foreach (var n in Enumerable.Range(0, 3))
        {
            await ImportAsync($"list/{mark}/{n}", "One.");
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _http.GetAsync("v1/keys?limit=2" + (cursor is null ? "" : $"&cursor={cursor}"), HttpStatusCode.OK);
            seen.AddRange(page.GetProperty("keys").EnumerateArray().Select(key => key.Text("learning_key")));
            cursor = page.GetProperty("next_cursor").GetString();
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 3).Select(n => $"list/{mark}/{n}"), seen.Where(key => key.Contains(mark, StringComparison.Ordinal)));
        Assert.Equal(seen.Distinct().Count(), seen.Count);
    }

    [Fact]
    public async Task A_report_tells_of_the_sessions_of_a_key()
    {
        var key = Api.NewKey();
        await _http.RunSessionAsync(key, 0.25);
        await _http.RunSessionAsync(key, 0.75);
        await Eventually.TrueAsync(async () => await api.Database.ScalarAsync<long>("SELECT count(*) FROM learning_journal WHERE learning_key = $1", key) >= 2, TimeSpan.FromSeconds(30), "both are counted");
        var report = await _http.GetAsync($"v1/keys/{key.Escaped()}/report", HttpStatusCode.OK);
        Assert.Equal(key, report.Text("learning_key"));
        Assert.Equal(2, report.GetProperty("sessions").GetArrayLength());
    }
}
