using System.Net;
using Atlas.Http.Tests.Harness;
using Xunit;

namespace Atlas.Http.Tests.Access;

/// <summary>A text that several tenants and prefixes hold, and one of them forgets.</summary>
public sealed class ForgettingReachTests(LockedApi api) : IClassFixture<LockedApi>
{
    private const string Nothing = "0 0 0 0";
    private const string Everything = "1 1 1 1";

    private readonly string _secret = $"person{Guid.NewGuid():N}";
    private readonly string _name = $"{Guid.NewGuid():N}";

    [Theory]
    [InlineData("", "", new[] { "support/", "billing/" })]
    [InlineData("", "support/", new[] { "support/" })]
    [InlineData("acme", "", new[] { "tenant:acme/support/", "tenant:acme/billing/" })]
    [InlineData("acme", "support/", new[] { "tenant:acme/support/" })]
    public async Task A_text_is_forgotten_within_the_reach_of_the_key_and_nowhere_else(string tenant, string prefix, string[] reached)
    {
        var traces = await LeaveTracesAsync();
        Assert.All(traces, trace => Assert.Equal(Everything, trace.Value));

        using var admin = await AdminAsync(tenant, prefix);
        await admin.PostAsync("v1/forget", new { subject = _secret, dry_run = false });

        foreach (var (place, left) in await FindAsync())
        {
            Assert.True((reached.Contains(place) ? Nothing : Everything) == left, $"{place}: {left}");
        }
    }

    [Fact]
    public async Task A_text_is_forgotten_together_with_named_sessions()
    {
        await LeaveTracesAsync();
        using var admin = await AdminAsync("acme", "");
        var session = await admin.RunSessionAsync($"support/{Guid.NewGuid():N}", task: $"Write to {_secret}");

        await admin.PostAsync("v1/forget", new { session_ids = new[] { session }, subject = _secret, dry_run = false });

        var left = await FindAsync();
        Assert.Equal((Nothing, Nothing), (left["tenant:acme/support/"], left["tenant:acme/billing/"]));
        Assert.Equal((Everything, Everything), (left["support/"], left["billing/"]));
        await admin.GetAsync($"v1/sessions/{session}", HttpStatusCode.NotFound);
    }

    private async Task<HttpClient> AdminAsync(string tenant, string prefix) =>
        api.Client((await api.CreateAsync($"admin-{Guid.NewGuid():N}", tenant, ["admin"], prefix)).Key);

    /// <summary>Has each place propose an entry with the text, import a playbook with it as the reason, and end a session with a note of it.</summary>
    private async Task<Dictionary<string, string>> LeaveTracesAsync()
    {
        foreach (var tenant in new[] { "", "acme" })
        {
            using var client = await AdminAsync(tenant, "");
            foreach (var place in new[] { "support", "billing" })
            {
                var key = $"{place}/{_name}";
                var path = $"v1/keys/{key.Escaped()}";
                var entry = new { audience = "student", cue = new { type = "keyword", pattern = "voucher" }, action = new { imperative = $"Ask {_secret} first" } };
                await client.PostAsync($"{path}/proposals", new { entries = new[] { entry } }, HttpStatusCode.OK, ("Idempotency-Key", Guid.NewGuid().ToString()));
                await client.PostAsync(
                    $"{path}/import",
                    new { playbook = new { format = "atlas.playbook.v2", student = new[] { "Be brief." }, teacher = (string[]?)null, entries = Array.Empty<object>() }, reason = $"for {_secret}" });
                var session = (await client.PostAsync("v1/sessions", new { task = "t", learning_key = key })).Number("session_id");
                await api.Database.ExecuteAsync($"UPDATE sessions SET student_learning = 'Ask {_secret}' WHERE id = {session}");
            }
        }

        return await FindAsync();
    }

    /// <summary>By place: proposals, audited requests, stored answers and notes of sessions that hold the text.</summary>
    private async Task<Dictionary<string, string>> FindAsync()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (tenant, space) in new[] { ("", ""), ("acme", "tenant:acme/") })
        {
            foreach (var place in new[] { "support/", "billing/" })
            {
                found[space + place] = (await api.Database.ScalarAsync<string>("""
                    SELECT concat_ws(' ',
                      (SELECT count(*) FROM entry_proposals WHERE learning_key = $1 AND strpos(entry::text, $2) > 0),
                      (SELECT count(*) FROM audit_log WHERE tenant = $3 AND subject = $4 AND action = 'ImportPlaybook' AND strpos(request::text, $2) > 0),
                      (SELECT count(*) FROM api_requests WHERE key_prefix = $1 AND position(convert_to($2, 'UTF8') IN body) > 0),
                      (SELECT count(*) FROM sessions WHERE stored_learning_key = $1 AND strpos(student_learning, $2) > 0))
                    """, space + place + _name, _secret, tenant, place + _name))!;
            }
        }

        return found;
    }
}
