using System.Net;
using System.Text.Json;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Grains.Tests.Cluster;
using Atlas.Hosting.Health;
using Atlas.Storage.Clustering;
using Atlas.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Xunit;

namespace Atlas.Grains.Tests.Host;

public sealed class HttpTests : IAsyncLifetime
{
    private const string DashboardKey = "a-key-for-the-dashboard";
    private readonly HttpClient _http = new();
    private TestDatabase _database = null!;
    private RunningSilo _silo = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _silo = await RunningSilo.StartAsync(_database.Address, "silo-1", replace: null, $"--Atlas:Http:DashboardKey={DashboardKey}");
        _http.BaseAddress = _silo.Http;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _silo.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Health_tells_of_postgres_and_membership()
    {
        using var health = JsonDocument.Parse(await _http.GetStringAsync("health"));

        Assert.Equal("healthy", health.RootElement.GetProperty("status").GetString());
        Assert.Equal("healthy", health.RootElement.GetProperty("checks").GetProperty("postgres").GetProperty("status").GetString());
        Assert.Equal("1 active silo", health.RootElement.GetProperty("checks").GetProperty("membership").GetProperty("description").GetString());
        Assert.Equal("alive\n", await _http.GetStringAsync("alive"));
    }

    [Fact]
    public async Task A_silo_whose_journal_would_be_lost_says_so_and_writes_nothing_that_was_learned()
    {
        var (key, guard) = (_silo.Grains.GetGrain<ILearningKeyGrain>("guarded"), _silo.Services.GetRequiredService<SiloGuard>());
        await _database.ExecuteAsync("ALTER TABLE orleans.grain_state DISABLE TRIGGER learning_key_inserted");
        await guard.LookAsync(TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<AtlasUnavailableException>(() => key.Freeze(new Attribution("operator", null)));
        using var sick = await _http.GetAsync("health");

        Assert.Contains("learning_key_inserted", refused.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, sick.StatusCode);
        Assert.Contains("learning_key_inserted of orleans.grain_state is not in force", await sick.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("atlas_guard_findings", await _http.GetStringAsync("metrics"), StringComparison.Ordinal);
        Assert.Equal(0L, await _database.ScalarAsync<long>("SELECT count(*) FROM orleans.grain_state WHERE key_text = 'guarded'"));

        await _database.ExecuteAsync("ALTER TABLE orleans.grain_state ENABLE TRIGGER learning_key_inserted");
        await guard.LookAsync(TestContext.Current.CancellationToken);
        await key.Freeze(new Attribution("operator", null));
        Assert.Equal(1L, await _database.ScalarAsync<long>("SELECT count(*) FROM learning_journal WHERE learning_key = 'guarded'"));
    }

    [Fact]
    public async Task A_silo_older_than_the_tables_or_with_other_rules_stays_behind_its_load_balancer_and_says_why()
    {
        var (key, guard) = (_silo.Grains.GetGrain<ILearningKeyGrain>("guarded"), _silo.Services.GetRequiredService<SiloGuard>());
        var clusterId = _silo.Services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId;
        await _database.ExecuteAsync("INSERT INTO orleans.schema_version (scriptname, applied) VALUES ('9999_later.sql', now())");
        await new SiloRules(_database.DataSource).TellAsync(clusterId, "silo-2", "other rules");
        await guard.LookAsync(TestContext.Current.CancellationToken);

        using var degraded = await _http.GetAsync("health");
        var told = await degraded.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, degraded.StatusCode);
        Assert.Contains("\"status\":\"degraded\"", told, StringComparison.Ordinal);
        Assert.Contains("9999_later.sql", told, StringComparison.Ordinal);
        Assert.Contains("different rules from silo-2", told, StringComparison.Ordinal);
        await key.Freeze(new Attribution("operator", null));
    }

    [Fact]
    public async Task A_silo_that_must_not_run_beside_a_newer_version_stores_nothing_that_is_learned_and_leaves_its_load_balancer()
    {
        var (key, guard) = (_silo.Grains.GetGrain<ILearningKeyGrain>("guarded"), _silo.Services.GetRequiredService<SiloGuard>());
        await _database.ExecuteAsync("INSERT INTO orleans.schema_version (scriptname, applied) VALUES ('9999_later_alone.sql', now())");
        await guard.LookAsync(TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<AtlasUnavailableException>(() => key.Freeze(new Attribution("operator", null)));
        using var sick = await _http.GetAsync("health");

        Assert.Contains("9999_later_alone.sql", refused.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, sick.StatusCode);
    }

    [Theory]
    [InlineData("orleans/")]
    [InlineData("metrics")]
    public async Task Dashboard_and_metrics_open_on_this_machine_and_to_the_key_only(string page)
    {
        Assert.Equal(HttpStatusCode.OK, await GetAsync(page));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(page, ("X-Forwarded-For", "203.0.113.7")));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(page, ("X-Forwarded-For", "203.0.113.7"), ("X-Atlas-Key", "a guess")));

        // Any header of a proxy, and a name that another server gave to this machine.
        foreach (var (name, value) in new[]
        {
            ("Via", "1.1 proxy"), ("X-Real-IP", "203.0.113.7"), ("X-Forwarded-Host", "atlas"), ("CF-Connecting-IP", "203.0.113.7"), ("Host", "rebound.example"),
        })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(page, (name, value)));
            Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync("v1/keys", (name, value)));
        }

        Assert.Equal(HttpStatusCode.OK, await GetAsync(page, ("X-Forwarded-For", "203.0.113.7"), ("X-Atlas-Key", DashboardKey)));
    }

    private async Task<HttpStatusCode> GetAsync(string page, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await _http.SendAsync(request);
        return response.StatusCode;
    }
}
