using System.Net;
using Atlas.Domain.Json;
using Atlas.Hosting.Settings;
using Atlas.Http.Tests.Harness;
using Atlas.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Client;
using Npgsql;
using Orleans.Configuration;
using Orleans.Hosting;
using Xunit;

namespace Atlas.Http.Tests.Door;

/// <summary>The API in an application that is no silo: a plain host with a client of the cluster, and endpoints of its own.</summary>
[Collection(ApiCollection.Name)]
public sealed class HostTests(Api api)
{
    [Fact]
    public async Task A_plain_host_over_a_cluster_client_serves_the_API_beside_its_own_endpoints()
    {
        var port = FreePorts.Find(1)[0];
        var silo = api.Services.GetRequiredService<IOptions<SiloSettings>>().Value;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.UseOrleansClient(orleans => orleans
            .Configure<ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = "atlas")
            .UseStaticClustering(new IPEndPoint(IPAddress.Loopback, silo.GatewayPort)));
        builder.Services.AddSingleton(NpgsqlDataSource.Create(api.Database.ConnectionString));
        builder.Services.AddAtlasHttp(options => options.MaxBodyBytes = 4096);
        await using var app = builder.Build();
        EveryAnswer.Of(app);
        app.MapAtlasApi();
        app.MapGet("/mine", () => Results.Json(new { MyOwn = 1 }));
        await app.StartAsync();
        var address = new Uri($"http://127.0.0.1:{port}/");
        using var http = api.NewClient();
        http.BaseAddress = address;

        Assert.Equal("""{"myOwn":1}""", await http.GetStringAsync("mine"));
        var key = Api.NewKey("host");
        var id = await http.RunSessionAsync(key, score: null);
        await http.PostAsync($"v1/sessions/{id}/reward", new { score = 0.5 });
        await http.PostAsync($"v1/keys/{key.Escaped()}/import", new { playbook = new { format = "atlas.playbook.v2", student = new[] { "Be brief." }, teacher = (string[]?)null, entries = Array.Empty<object>() } }, HttpStatusCode.OK, ("Idempotency-Key", "one"));

        // The silo and the host tell the same, and an unchanged playbook is not sent again by either.
        using var here = await http.SendAsync($"v1/keys/{key.Escaped()}/playbook", null);
        Assert.Contains("Be brief.", await here.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var there = await api.Client.SendAsync($"v1/keys/{key.Escaped()}/playbook", null, ("If-None-Match", here.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.NotModified, there.StatusCode);
        (await http.PostAsync("v1/sessions", new { task = new string('x', 5000) }, HttpStatusCode.RequestEntityTooLarge)).IsProblem("payload-too-large");
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("openapi/v1.json", UriKind.Relative))).StatusCode);

        await using var tools = await McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(address, "mcp"), TransportMode = HttpTransportMode.StreamableHttp }));
        var told = await tools.CallToolAsync("get_playbook", new Dictionary<string, object?> { ["learning_key"] = key });
        Assert.Contains("Be brief.", System.Text.Json.JsonSerializer.Serialize(told, AtlasJson.Options), StringComparison.Ordinal);
        await app.StopAsync();
    }
}
