using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Http.Tests.Harness;
using ModelContextProtocol.Client;
using Xunit;

namespace Atlas.Http.Tests.Access;

public sealed class TenantTests(LockedApi api) : IClassFixture<LockedApi>
{
    [Fact]
    public async Task Nothing_of_a_tenant_is_seen_or_changed_with_the_key_of_another_at_any_endpoint()
    {
        var (ours, _) = await api.CreateAsync("ours", tenant: "acme", scopes: ["admin"]);
        var (theirs, _) = await api.CreateAsync("theirs", tenant: "globex", scopes: ["admin"]);
        var (nobodys, _) = await api.CreateAsync("nobodys", scopes: ["admin"]);
        var secret = $"s3cret{Guid.NewGuid():N}";
        var name = $"plans/{secret}";
        using var owner = api.Client(ours);
        var session = await owner.RunSessionAsync(name, 0.5, task: $"task of {secret}");
        await owner.PostAsync($"v1/keys/{name.Escaped()}/import", new { playbook = new { format = "atlas.playbook.v2", student = new[] { $"text of {secret}" }, teacher = (string[]?)null, entries = Array.Empty<object>() } });
        var before = await StateAsync(secret);

        foreach (var (key, silo) in new[] { (theirs, 0), (nobodys, 1) })
        {
            using var stranger = api.Client(key, silo);
            foreach (var (path, operations) in JsonNode.Parse(api.Document)!["paths"]!.AsObject().Where(path => !path.Key.EndsWith("/watch", StringComparison.Ordinal)))
            {
                foreach (var (method, operation) in operations!.AsObject().Where(member => member.Key is "get" or "post"))
                {
                    // The key's own name is the caller's word; whatever else comes back must not know it.
                    foreach (var known in new[] { name, $"tenant:acme/{name}" })
                    {
                        var target = path.Replace("{id}", $"{session}", StringComparison.Ordinal).Replace("{key}", known.Escaped(), StringComparison.Ordinal).Replace("{version}", "1", StringComparison.Ordinal).Replace("{number}", "1", StringComparison.Ordinal);
                        using var response = await stranger.SendAsync(
                            target, method == "post" ? operation!["requestBody"]?["content"]?["application/json"]?["example"]?.ToJsonString() ?? "{}" : null);
                        var text = (await response.Content.ReadAsStringAsync()).Replace(name, "", StringComparison.Ordinal);
                        Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{method} {target} → {(int)response.StatusCode} {text}");
                        if (path.Contains("{id}", StringComparison.Ordinal))
                        {
                            Assert.True(response.StatusCode is HttpStatusCode.NotFound, $"{method} {target} → {(int)response.StatusCode} {text}");
                        }
                    }
                }
            }
        }

        await AskToolsAsync(theirs, session, name, secret);
        Assert.Equal(before, await StateAsync(secret));
        Assert.Contains(secret, (await owner.GetAsync("v1/sessions", HttpStatusCode.OK)).GetRawText(), StringComparison.Ordinal);
        Assert.Contains(secret, (await owner.GetAsync($"v1/keys/{name.Escaped()}/report", HttpStatusCode.OK)).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(name, (await owner.GetAsync($"v1/keys/{name.Escaped()}/playbook", HttpStatusCode.OK)).Text("learning_key"));
    }

    [Fact]
    public async Task An_external_id_opens_no_session_of_another_tenant_or_prefix()
    {
        var (ours, _) = await api.CreateAsync("external-ours", tenant: "acme");
        var (nobodys, _) = await api.CreateAsync("external-nobodys");
        var (support, _) = await api.CreateAsync("external-support", prefix: "support/");
        var (mark, id) = ($"{Guid.NewGuid():N}", $"order-{Guid.NewGuid():N}");
        using var owner = api.Client(ours);
        using var billing = api.Client(nobodys, 1);
        using var part = api.Client(support);
        var first = (await owner.PostAsync("v1/sessions", new { task = "t", learning_key = $"plans/{mark}", external_id = id })).Number("session_id");

        // The stored form of another tenant's id, and the ids that Atlas makes, are nobody's to give.
        foreach (var taken in new[] { $"tenant:acme/{id}", $"tenant:acme/{mark}", $"proxy:{mark}", $"idempotent:{mark}", $"mcp:{mark}" })
        {
            (await billing.PostAsync("v1/sessions", new { task = "t", learning_key = $"plans/{mark}", external_id = taken }, HttpStatusCode.BadRequest)).IsProblem("invalid-request");
        }

        var second = (await billing.PostAsync("v1/sessions", new { task = "t", learning_key = $"billing/{mark}", external_id = id, lease_seconds = 600 })).Number("session_id");
        Assert.NotEqual(first, second);
        await api.Database.ExecuteAsync("UPDATE sessions SET lease_until = now() + interval '1 minute' WHERE id = $1", (int)second);
        var lease = await LeaseAsync(second);
        var refused = await part.PostAsync("v1/sessions", new { task = "t", learning_key = $"support/{mark}", external_id = id }, HttpStatusCode.UnprocessableEntity);
        refused.IsProblem("refused");
        Assert.DoesNotContain("billing", refused.GetRawText(), StringComparison.Ordinal);
        await using (var client = await ToolsAsync(support))
        {
            var told = await client.CallToolAsync("start_session", new Dictionary<string, object?> { ["task"] = "t", ["learning_key"] = $"support/{mark}", ["external_id"] = id });
            Assert.True(told.IsError);
            Assert.DoesNotContain("billing", JsonSerializer.Serialize(told), StringComparison.Ordinal);
        }

        Assert.Equal(lease, await LeaseAsync(second));
        Assert.Equal(first, (await owner.PostAsync("v1/sessions", new { task = "t", learning_key = $"plans/{mark}", external_id = id })).Number("session_id"));
        Assert.Equal(second, (await billing.PostAsync("v1/sessions", new { task = "t", learning_key = $"billing/{mark}", external_id = id })).Number("session_id"));
    }

    private Task<string?> LeaseAsync(long session) => api.Database.ScalarAsync<string>("SELECT lease_until::text FROM sessions WHERE id = $1", (int)session);

    private Task<McpClient> ToolsAsync(string key) => McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions
    {
        Endpoint = new Uri(api.Addresses[0], "mcp"),
        TransportMode = HttpTransportMode.StreamableHttp,
        AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" },
    }));

    /// <summary>The same by the other door: whatever a tool, a resource or a prompt is asked, it does not know.</summary>
    private async Task AskToolsAsync(string key, long session, string name, string secret)
    {
        await using var client = await ToolsAsync(key);
        var said = new List<string>();
        foreach (var tool in await client.ListToolsAsync())
        {
            foreach (var known in new[] { name, $"tenant:acme/{name}" })
            {
                var result = await client.CallToolAsync(tool.Name, new Dictionary<string, object?>
                {
                    ["learning_key"] = known, ["session_id"] = session, ["query"] = "text", ["task"] = "t", ["when"] = "asked", ["instruction"] = "answer",
                    ["succeeded"] = true, ["events"] = new object[] { new { } },
                });
                said.Add(JsonSerializer.Serialize(result));
            }
        }

        said.AddRange((await client.ListResourcesAsync()).Select(one => one.Uri));
        said.AddRange((await client.ListPromptsAsync()).Select(one => one.Name));
        Assert.All(said, text => Assert.DoesNotContain(
            secret, text.Replace(name, "", StringComparison.Ordinal).Replace(name.Escaped(), "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    private Task<string?> StateAsync(string secret) => api.Database.ScalarAsync<string>("""
        SELECT concat((SELECT md5(string_agg(j::text, '' ORDER BY sequence)) FROM learning_journal j WHERE learning_key LIKE 'tenant:acme/%' || $1),
                      (SELECT md5(string_agg(concat(s.status, s.review_status, s.reward, s.final_answer), '' ORDER BY id)) FROM sessions s WHERE stored_learning_key LIKE 'tenant:acme/%' || $1),
                      (SELECT count(*) FROM trajectory_events e JOIN sessions s ON s.id = e.session_id WHERE s.stored_learning_key LIKE 'tenant:acme/%' || $1))
        """, secret);
}
