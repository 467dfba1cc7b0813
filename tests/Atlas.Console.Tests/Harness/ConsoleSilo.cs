using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Atlas.Learning.Options;
using Atlas.Storage.Access;
using Atlas.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Atlas.Pages.Tests.Harness;

/// <summary>A silo with its console over a database of its own.</summary>
public sealed class ConsoleSilo : IAsyncDisposable
{
    private readonly string[] _arguments;
    private readonly LearningOptions? _learning;
    private WebApplication _silo;

    private ConsoleSilo(TestDatabase database, string[] arguments, LearningOptions? learning, int[] ports, WebApplication silo)
    {
        (Database, _arguments, _learning, _silo) = (database, arguments, learning, silo);
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports[2]}/"));
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        Client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    public TestDatabase Database { get; }

    public Uri Address { get; }

    /// <summary>A client without cookies that asks for HTML.</summary>
    public HttpClient Client { get; }

    public ApiKeyStore Keys => new(Database.DataSource);

    /// <param name="database">Its database.</param>
    /// <param name="name">Its name.</param>
    /// <param name="learning">How it learns; null withholds nothing from sessions at random, as it is unless somebody says otherwise.</param>
    public static async Task<ConsoleSilo> StartAsync(TestDatabase database, string name = "console", LearningOptions? learning = null)
    {
        var ports = FreePorts.Find(3);
        string[] arguments =
        [
            $"--ATLAS_DATABASE_URL={database.Address}",
            $"--Atlas:Silo:Name={name}",
            string.Create(CultureInfo.InvariantCulture, $"--Atlas:Silo:Port={ports[0]}"),
            string.Create(CultureInfo.InvariantCulture, $"--Atlas:Silo:GatewayPort={ports[1]}"),
            string.Create(CultureInfo.InvariantCulture, $"--Atlas:Http:Port={ports[2]}"),
            "--Atlas:Api:HeartbeatSeconds=0.5",
            "--Logging:LogLevel:Default=None",
            "--Logging:LogLevel:Orleans=None",
            "--Logging:LogLevel:Microsoft.AspNetCore=None",
            "--Logging:LogLevel:Atlas.Http=Error",
        ];
        return new ConsoleSilo(database, arguments, learning, ports, await RunAsync(arguments, learning));
    }

    /// <summary>Stops it in good order and starts it again where it was.</summary>
    public async Task RestartAsync()
    {
        await _silo.StopAsync();
        await _silo.DisposeAsync();
        _silo = await RunAsync(_arguments, _learning);
    }

    private static async Task<WebApplication> RunAsync(string[] arguments, LearningOptions? learning)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        builder.AddAtlasSilo();
        if (learning is not null)
        {
            builder.Services.AddSingleton(new LearningRules(learning, new RuntimeSafetyOptions()));
        }

        var silo = builder.Build();
        silo.MapAtlas();
        await silo.StartAsync();
        return silo;
    }

    public Task<(string Key, ApiKeyRecord Record)> CreateKeyAsync(string name, string tenant = "", params string[] scopes) => Keys.CreateAsync(new ApiKeyRecord
    {
        Id = "",
        Name = name,
        Tenant = tenant,
        Scopes = [.. scopes],
        KeyPrefix = "",
        CreatedAt = default,
        CreatedBy = "test",
    });

    /// <summary>A request to the HTTP API, which must succeed.</summary>
    public async Task<JsonElement> ApiAsync(string path, object body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return JsonElement.Parse(text);
    }

    /// <summary>A page as text; the status must be this one.</summary>
    public async Task<string> PageAsync(string path, int status = 200, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{path}: {(int)response.StatusCode} {text}");
        return text;
    }

    /// <summary>A session that has ended.</summary>
    public async Task<long> SessionAsync(
        string key, double? score = 0.5, string task = "Refund order 1042", string answer = "Refunded.", string? apiKey = null, object[]? events = null)
    {
        var id = (await ApiAsync("v1/sessions", new { task, learning_key = key }, apiKey)).GetProperty("session_id").GetInt64();
        if (events is not null)
        {
            await ApiAsync($"v1/sessions/{id}/events", new { events }, apiKey);
        }

        await ApiAsync(
            $"v1/sessions/{id}/complete",
            new { status = "succeeded", final_answer = answer, reward = score is { } given ? new { score = given, judge = "customer", rationale = $"{answer} It was worth {given}." } : null },
            apiKey);
        return id;
    }

    /// <summary>Makes a playbook of these entries the newest version of a key.</summary>
    public Task<JsonElement> ImportAsync(string key, string preface, params (string Id, string Cue, string Do)[] entries) => ApiAsync(
        $"v1/keys/{Uri.EscapeDataString(key)}/import",
        new
        {
            reason = "a test",
            playbook = new
            {
                format = "atlas.playbook.v2",
                student = new[] { preface },
                teacher = (string[]?)null,
                entries = entries.Select(entry => new
                {
                    id = entry.Id,
                    audience = "student",
                    cue = new { type = "keyword", pattern = entry.Cue, description = $"The task speaks of {entry.Cue}" },
                    action = new { imperative = entry.Do, runtime_handle = "read_policy", arguments = new { } },
                    expected_effect = "The refund is right.",
                    scope = new { category = "reinforcement", constraints = "Holds for every order.", applies_when = "" },
                }),
            },
        });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _silo.StopAsync();
        await _silo.DisposeAsync();
    }
}
