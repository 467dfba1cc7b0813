using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Atlas.Grains.Tests.Cluster;
using Atlas.Identity;
using Atlas.Storage.Access;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Grains.Tests.Host;

/// <summary>The HTTP door of a silo with a secret: who comes in by it is to the grains who the API key names.</summary>
public sealed class DoorTests
{
    [Fact]
    public async Task An_api_key_is_to_the_grains_who_it_names_and_what_it_allows()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var silo = await RunningSilo.StartAsync(database.Address, "silo-1", replace: null, $"--Atlas:Secret={ClusterSecret.Random()}");
        await using var source = database.Database.CreateDataSource();
        using var recorder = await ClientAsync(silo, source, "support-bot", "record");
        using var admin = await ClientAsync(silo, source, "ada", "admin");
        using var reviewer = await ClientAsync(silo, source, "rita", "record", "review");

        var session = await StartAsync(recorder);
        using var completed = await SendAsync(recorder, $"v1/sessions/{session}/complete", new { status = "succeeded", final_answer = "Done.", review = new { status = "quarantined", reviewer = "ceo" } });
        var reviewed = await StartAsync(reviewer);
        using var quarantined = await SendAsync(reviewer, $"v1/sessions/{reviewed}/complete", new { status = "succeeded", final_answer = "Done.", review = new { status = "quarantined" } });
        using var frozen = await SendAsync(admin, "v1/keys/door/freeze", new { reason = "somebody looks at it" });

        Assert.NotEqual("quarantined", completed.RootElement.GetProperty("review_status").GetString());
        Assert.Equal("quarantined", quarantined.RootElement.GetProperty("review_status").GetString());
        Assert.Equal("rita", await database.ScalarAsync<string>($"SELECT reviewer FROM review_decisions WHERE session_id = {reviewed}"));
        Assert.True(frozen.RootElement.GetProperty("changed").GetBoolean());
        Assert.Equal("ada", await database.ScalarAsync<string>(
            "SELECT event ->> 'author' FROM learning_journal WHERE learning_key = 'door' AND event ->> 'author' IN ('ada', 'silo')"));
        using var refused = await recorder.PostAsJsonAsync("v1/keys/door/unfreeze", new { reason = "mine" });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private static async Task<HttpClient> ClientAsync(RunningSilo silo, NpgsqlDataSource database, string name, params string[] scopes)
    {
        var (key, _) = await new ApiKeyStore(database).CreateAsync(
            new ApiKeyRecord { Id = "", Name = name, Tenant = "", Scopes = [.. scopes], KeyPrefix = "", CreatedAt = default, CreatedBy = "tester" });
        var client = new HttpClient { BaseAddress = silo.Http };
        client.DefaultRequestHeaders.Add("x-api-key", key);
        return client;
    }

    private static async Task<long> StartAsync(HttpClient client)
    {
        using var started = await SendAsync(client, "v1/sessions", new { task = "Refund order 1042", learning_key = "door" });
        return started.RootElement.GetProperty("session_id").GetInt64();
    }

    private static async Task<JsonDocument> SendAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text);
    }
}
