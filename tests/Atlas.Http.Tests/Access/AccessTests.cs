using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Hosting;
using Atlas.Http.Tests.Harness;
using Atlas.Storage.Access;
using Atlas.Testing;
using ModelContextProtocol.Client;
using Xunit;

namespace Atlas.Http.Tests.Access;

public sealed class AccessTests(LockedApi api) : IClassFixture<LockedApi>
{
    [Fact]
    public async Task Without_a_key_or_with_a_wrong_one_nobody_gets_in()
    {
        var (key, _) = await api.CreateAsync("someone");
        foreach (var wrong in new[] { null, "", "atlas_", key[..^1], key + "x", key[..^1] + (key[^1] == 'a' ? 'b' : 'a'), ApiKey.Create().Key, "admin" })
        {
            using var client = api.Client(wrong);
            (await client.GetAsync("v1/keys", HttpStatusCode.Unauthorized)).IsProblem("unauthorized");
        }

        foreach (var header in new[] { "Authorization", "x-api-key" })
        {
            using var client = api.Client(key, 0, header);
            await client.GetAsync("v1/keys", HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Only_the_hash_of_a_key_is_kept()
    {
        var (key, record) = await api.CreateAsync("kept");
        var row = await api.Database.ScalarAsync<string>("SELECT to_jsonb(k)::text FROM api_keys k WHERE id = $1", record.Id);
        Assert.DoesNotContain(key, row, StringComparison.Ordinal);
        Assert.DoesNotContain(key[20..50], row, StringComparison.Ordinal);
        Assert.Equal(ApiKey.Hash(key), await api.Database.ScalarAsync<byte[]>("SELECT sha256 FROM api_keys WHERE id = $1", record.Id));
    }

    [Fact]
    public async Task A_revoked_key_is_refused_by_every_silo_within_a_second()
    {
        var (key, record) = await api.CreateAsync("leaving");
        using var one = api.Client(key);
        using var two = api.Client(key, 1);
        await one.GetAsync("v1/keys", HttpStatusCode.OK);
        await two.GetAsync("v1/keys", HttpStatusCode.OK);
        await api.Keys.RevokeAsync(record.Id, "test");
        var began = Stopwatch.GetTimestamp();
        foreach (var client in new[] { one, two })
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    using var response = await client.GetAsync("v1/keys");
                    return response.StatusCode is HttpStatusCode.Unauthorized;
                },
                TimeSpan.FromSeconds(10), "the revoked key is refused");
        }

        // The belief in a key lasts half a second; the rest is this machine's.
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 1.5);
    }

    [Fact]
    public async Task An_expired_key_is_refused_and_two_are_good_while_one_takes_the_place_of_the_other()
    {
        var (old, record) = await api.CreateAsync("rotating");
        var (fresh, _) = await api.CreateAsync("rotating");
        foreach (var key in new[] { old, fresh })
        {
            using var client = api.Client(key);
            await client.GetAsync("v1/keys", HttpStatusCode.OK);
        }

        await api.Keys.ExpireAsync(record.Id, DateTimeOffset.UtcNow.AddSeconds(-1));
        using var late = api.Client(old);
        await Eventually.TrueAsync(
            async () =>
            {
                using var response = await late.GetAsync("v1/keys");
                return response.StatusCode is HttpStatusCode.Unauthorized;
            },
            TimeSpan.FromSeconds(10), "the expired key is refused");
        Assert.NotNull((await api.Keys.ListAsync()).Single(key => key.Id == record.Id).LastUsedAt);
    }

    [Fact]
    public async Task A_key_does_only_what_its_scopes_allow()
    {
        var (reader, _) = await api.CreateAsync("reader", scopes: ["read"]);
        using var client = api.Client(reader);
        await client.GetAsync("v1/keys", HttpStatusCode.OK);
        (await client.PostAsync("v1/sessions", new { task = "t", learning_key = "k" }, HttpStatusCode.Forbidden)).IsProblem("forbidden");
        (await client.PostAsync("v1/reviews/decide", new { filter = new { }, status = "approved" }, HttpStatusCode.Forbidden)).IsProblem("forbidden");
        (await client.PostAsync("v1/keys/k/freeze", new { }, HttpStatusCode.Forbidden)).IsProblem("forbidden");
        (await client.GetAsync("v1/audit", HttpStatusCode.Forbidden)).IsProblem("forbidden");
    }

    [Fact]
    public async Task A_key_is_confined_to_the_learning_keys_that_begin_as_it_says()
    {
        var (whole, _) = await api.CreateAsync("whole");
        var (part, _) = await api.CreateAsync("part", prefix: "support/");
        var mark = Guid.NewGuid().ToString("N");
        using var all = api.Client(whole);
        using var some = api.Client(part);
        var mine = await all.RunSessionAsync($"support/{mark}");
        var other = await all.RunSessionAsync($"sales/{mark}");
        await some.GetAsync($"v1/sessions/{mine}", HttpStatusCode.OK);
        (await some.GetAsync($"v1/sessions/{other}", HttpStatusCode.NotFound)).IsProblem("session-not-found");
        (await some.GetAsync($"v1/keys/sales%2F{mark}/playbook", HttpStatusCode.Forbidden)).IsProblem("forbidden");
        (await some.PostAsync("v1/sessions", new { task = "t" }, HttpStatusCode.Forbidden)).IsProblem("forbidden");
        var listed = (await some.GetAsync("v1/sessions?limit=500", HttpStatusCode.OK)).GetProperty("sessions").EnumerateArray().Select(session => session.Text("learning_key")).ToArray();
        Assert.Contains($"support/{mark}", listed);
        Assert.All(listed, key => Assert.StartsWith("support/", key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_sends_too_much_is_told_how_long_to_wait()
    {
        var (key, _) = await api.CreateAsync("eager", rate: 2);
        using var client = api.Client(key);
        var refused = 0;
        for (var n = 0; n < 12; n++)
        {
            using var response = await client.GetAsync("v1/keys?limit=1");
            if (response.StatusCode is HttpStatusCode.TooManyRequests)
            {
                refused++;
                Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
                (await response.ReadAsync(HttpStatusCode.TooManyRequests)).IsProblem("rate-limited");
            }
        }

        Assert.InRange(refused, 1, 10);
    }

    [Fact]
    public async Task Every_change_is_in_the_audit_with_who_what_before_and_after()
    {
        var (key, record) = await api.CreateAsync("careful", scopes: ["admin"]);
        using var client = api.Client(key);
        var name = Api.NewKey("audited");
        await client.PostAsync($"v1/keys/{name.Escaped()}/import", new { playbook = new { format = "atlas.playbook.v2", student = new[] { "One." }, teacher = (string[]?)null, entries = Array.Empty<object>() } });
        await client.PostAsync($"v1/keys/{name.Escaped()}/freeze", new { reason = "release" });
        await client.PostAsync($"v1/keys/{name.Escaped()}/rollback", new { version = 0 }, HttpStatusCode.Conflict);
        var entries = (await client.GetAsync($"v1/audit?subject={name.Escaped()}", HttpStatusCode.OK)).GetProperty("entries");
        Assert.Equal(["RollbackPlaybook", "FreezeKey", "ImportPlaybook"], entries.EnumerateArray().Select(entry => entry.Text("action")));
        Assert.Equal([409L, 200, 200], entries.EnumerateArray().Select(entry => entry.Number("status")));
        Assert.All(entries.EnumerateArray(), entry => Assert.Equal(("careful", record.Id, "http", "127.0.0.1"), (entry.Text("actor"), entry.Text("api_key_id"), entry.Text("door"), entry.Text("address"))));
        Assert.False(entries[1].GetProperty("before").GetProperty("frozen").GetBoolean());
        Assert.True(entries[1].GetProperty("after").GetProperty("frozen").GetBoolean());
        Assert.Equal("release", entries[1].GetProperty("request").Text("reason"));
    }

    [Fact]
    public async Task A_silo_that_others_reach_does_not_start_without_a_key()
    {
        await using var empty = await TestDatabase.CreateAsync();
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => Api.StartSiloAsync(empty.Address, "open", "--Atlas:Http:Address=0.0.0.0"));
        Assert.Contains(nameof(AtlasSettingsException), refused.ToString(), StringComparison.Ordinal);
        Assert.Contains("atlas key create", refused.ToString(), StringComparison.Ordinal);
        var (silo, address) = await Api.StartSiloAsync(empty.Address, "configured", "--Atlas:Http:Address=0.0.0.0", $"--Atlas:Api:AdminKey={new string('k', 40)}");
        await using var stopped = silo;
        using var client = new HttpClient { BaseAddress = address };
        (await client.GetAsync("v1/keys", HttpStatusCode.Unauthorized)).IsProblem("unauthorized");
        client.DefaultRequestHeaders.TryAddWithoutValidation("x-api-key", new string('k', 40));
        await client.GetAsync("v1/keys", HttpStatusCode.OK);
        await silo.StopAsync();
    }
}
