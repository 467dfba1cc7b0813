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
                        var target = path.Replace("{id}", $"{session}", StringComparison.Ordinal).Replace("{key}", known.Escaped(), StringComparison.Ordinal).Replace("{version}", "1", StringComparison.Ordinal);
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

    /// <summary>The same by the other door: whatever a tool, a resource or a prompt is asked, it does not know.</summary>
    private async Task AskToolsAsync(string key, long session, string name, string secret)
    {
        await using var client = await McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(api.Addresses[0], "mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" },
        }));
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
