using System.Net;
using System.Text.Json;
using Atlas.Grains.Tests.Cluster;
using Atlas.Testing;
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

    [Theory]
    [InlineData("orleans/")]
    [InlineData("metrics")]
    public async Task Dashboard_and_metrics_open_on_this_machine_and_to_the_key_only(string page)
    {
        Assert.Equal(HttpStatusCode.OK, await GetAsync(page));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(page, ("X-Forwarded-For", "203.0.113.7")));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(page, ("X-Forwarded-For", "203.0.113.7"), ("X-Atlas-Key", "a guess")));
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
