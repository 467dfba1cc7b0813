using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Atlas.Learning.Options;
using Atlas.Storage.Access;
using Atlas.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Atlas.Proxy.Tests.Harness;

/// <summary>A silo with its proxy, over one database, in front of a scripted vendor.</summary>
public sealed class House : IAsyncDisposable
{
    private string _configuration = "";

    private readonly List<WebApplication> _others = [];

    private House()
    {
    }

    public TestDatabase Database { get; private set; } = null!;

    public WebApplication Silo { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public Upstream Upstream { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public ApiKeyStore Keys => new(Database.DataSource);

    /// <param name="proxy">The keys of the proxy's block.</param>
    /// <param name="database">The database; null for one of its own.</param>
    /// <param name="configuration">Other blocks of the configuration file.</param>
    /// <param name="rules">The rules of learning, in place of those of the file; null for those.</param>
    public static async Task<House> StartAsync(string proxy = "", TestDatabase? database = null, string configuration = "", LearningRules? rules = null)
    {
        var house = new House { Database = database ?? await TestDatabase.CreateAsync(), Upstream = await Upstream.StartAsync() };
        house._configuration = Path.Combine(Path.GetTempPath(), $"atlas-proxy-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(house._configuration, configuration + $"""
            proxy:
              {(proxy.Contains("patience", StringComparison.Ordinal) ? "" : "patience_seconds: 20")}
              {proxy.Replace("\n", "\n  ", StringComparison.Ordinal)}
              upstreams:
                openai: {"{"} base_url: "{house.Upstream.Address}" {"}"}
                anthropic: {"{"} base_url: "{house.Upstream.Address}" {"}"}
                local: {"{"} base_url: "{house.Upstream.Address}/v1/", prices: {"{"} gpt-5.1: {"{"} input_per_million: 2, output_per_million: 10 {"}"} {"}"} {"}"}
            """);
        (house.Silo, house.Address) = await StartSiloAsync(house.Database.Address, house._configuration, rules: rules);
        house.Client = house.NewClient();
        return house;
    }

    /// <summary>Another silo of the same cluster, with a proxy of its own.</summary>
    /// <returns>A client of it.</returns>
    public async Task<HttpClient> JoinAsync()
    {
        var (silo, address) = await StartSiloAsync(Database.Address, _configuration, $"proxy-{_others.Count + 2}");
        _others.Add(silo);
        return new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient NewClient(string? apiKey = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        if (apiKey is not null)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("x-atlas-api-key", apiKey);
        }

        return client;
    }

    public async Task<string> CreateKeyAsync(string name, string tenant = "", string prefix = "", string? defaultKey = null, string[]? scopes = null) =>
        (await Keys.CreateAsync(new ApiKeyRecord
        {
            Id = "", Name = name, Tenant = tenant, Scopes = [.. scopes ?? ["read", "record", "govern"]], KeyPrefix = prefix, DefaultKey = defaultKey, CreatedAt = default, CreatedBy = "test",
        })).Key;

    public static string NewKey(string name = "support/refunds") => $"{name}/{Guid.NewGuid():N}";

    /// <summary>Teaches a key a text.</summary>
    public async Task TeachAsync(string key, string text, HttpClient? client = null)
    {
        using var answer = await (client ?? Client).PostAsJsonAsync(
            $"v1/keys/{Uri.EscapeDataString(key)}/import",
            new { playbook = new { format = "atlas.playbook.v2", student = new[] { text }, teacher = (string[]?)null, entries = Array.Empty<object>() } });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body, params (string Name, string Value)[] headers) => SendAsync(Client, path, body, headers);

    public static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }

        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await client.SendAsync(request);
    }

    /// <summary>The events of a session that have the wanted name, once there are so many.</summary>
    public async Task<JsonElement[]> EventsAsync(string session, string name, int atLeast = 1)
    {
        JsonElement[] found = [];
        await Eventually.TrueAsync(
            async () =>
            {
                var page = JsonElement.Parse(await Client.GetStringAsync($"v1/sessions/{session}/events?limit=1000"));
                found = [.. page.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("event").GetProperty("payload"))
                    .Where(payload => payload.GetProperty("event_type").GetString() == name || payload.GetProperty("name").GetString() == name)];
                return found.Length >= atLeast;
            },
            TimeSpan.FromSeconds(20), $"session {session} has {atLeast} of {name}");
        return found;
    }

    public async Task<JsonElement> SessionAsync(string session) => JsonElement.Parse(await Client.GetStringAsync($"v1/sessions/{session}"));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        foreach (var other in _others)
        {
            await other.StopAsync();
            await other.DisposeAsync();
        }

        await Silo.StopAsync();
        await Silo.DisposeAsync();
        await Upstream.DisposeAsync();
        await Database.DisposeAsync();
        File.Delete(_configuration);
    }

    private static async Task<(WebApplication Silo, Uri Address)> StartSiloAsync(string databaseUrl, string configuration, string name = "proxy", LearningRules? rules = null)
    {
        var ports = FreePorts.Find(3);
        var builder = WebApplication.CreateBuilder(
            [
                $"--ATLAS_DATABASE_URL={databaseUrl}",
                $"--ATLAS_CONFIG={configuration}",
                $"--Atlas:Silo:Name={name}",
                string.Create(CultureInfo.InvariantCulture, $"--Atlas:Silo:Port={ports[0]}"),
                string.Create(CultureInfo.InvariantCulture, $"--Atlas:Silo:GatewayPort={ports[1]}"),
                string.Create(CultureInfo.InvariantCulture, $"--Atlas:Http:Port={ports[2]}"),
                "--Logging:LogLevel:Default=None",
                "--Logging:LogLevel:Orleans=None",
                "--Logging:LogLevel:Microsoft.AspNetCore=None",
                "--Logging:LogLevel:Atlas=Warning",
            ]);
        if (rules is not null)
        {
            builder.Services.AddSingleton(rules);
        }

        builder.AddAtlasSilo();
        var app = builder.Build();
        app.MapAtlas();
        await app.StartAsync();
        return (app, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports[2]}/")));
    }
}

/// <summary>One house for all tests that need nothing of their own; each test has learning keys of its own.</summary>
public sealed class SharedHouse : IAsyncLifetime
{
    public House House { get; private set; } = null!;

    public async ValueTask InitializeAsync() => House = await House.StartAsync();

    public ValueTask DisposeAsync() => House.DisposeAsync();
}

internal static class Heads
{
    public static string? Head(this HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    public static async Task<string> TextAsync(this HttpResponseMessage response, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} {text}");
        return text;
    }
}
