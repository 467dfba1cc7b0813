using System.Globalization;
using Atlas.Hosting;
using Atlas.Learning.Evidence;
using Atlas.Learning.Options;
using Atlas.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Atlas.Http.Tests.Harness;

/// <summary>One silo over one database for all tests of the API; each test has learning keys of its own.</summary>
public class Api : IAsyncLifetime
{
    private WebApplication _silo = null!;

    /// <summary>By what rules the silo learns; null for those of its configuration.</summary>
    protected virtual LearningRules? Rules => null;

    public TestDatabase Database { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _silo.Services;

    /// <summary>The OpenAPI document as it was served at the start.</summary>
    public string Document { get; private set; } = "";

    /// <summary>The document as a file, for programs that tests run.</summary>
    public string DocumentFile { get; } = Path.Combine(AppContext.BaseDirectory, $"openapi-{Guid.NewGuid():N}.json");

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        (_silo, Address) = await StartSiloAsync(Database.Address, "silo-1", silo =>
        {
            if (Rules is { } rules)
            {
                silo.Services.AddSingleton(rules);
            }
        });
        using var plain = new HttpClient { BaseAddress = Address };
        Document = await plain.GetStringAsync("openapi/v1.json");
        await File.WriteAllTextAsync(DocumentFile, Document);
        Client = NewClient();
    }

    public HttpClient NewClient(string? apiKey = null)
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        if (apiKey is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", apiKey);
        }

        return client;
    }

    public static string NewKey(string name = "support/refunds") => $"{name}/{Guid.NewGuid():N}";

    public static Task<(WebApplication Silo, Uri Address)> StartSiloAsync(string databaseUrl, string name, params string[] settings) =>
        StartSiloAsync(databaseUrl, name, _ => { }, settings);

    public static async Task<(WebApplication Silo, Uri Address)> StartSiloAsync(string databaseUrl, string name, Action<AtlasSiloBuilder> own, params string[] settings)
    {
        var ports = FreePorts.Find(3);
        var builder = WebApplication.CreateBuilder(
            [
                $"--ATLAS_DATABASE_URL={databaseUrl}",
                $"--Atlas:Silo:Name={name}",
                string.Create(CultureInfo.InvariantCulture, $"--Atlas:Silo:Port={ports[0]}"),
                string.Create(CultureInfo.InvariantCulture, $"--Atlas:Silo:GatewayPort={ports[1]}"),
                string.Create(CultureInfo.InvariantCulture, $"--Atlas:Http:Port={ports[2]}"),
                "--Atlas:Api:HeartbeatSeconds=0.5",
                "--Atlas:Api:MaxBodyBytes=1048576",
                .. settings,
                "--Logging:LogLevel:Default=None",
                "--Logging:LogLevel:Orleans=None",
                "--Logging:LogLevel:Microsoft.AspNetCore=None",
                "--Logging:LogLevel:Atlas.Http=Error",
            ]);
        own(builder.AddAtlasSilo());
        var app = builder.Build();
        EveryAnswer.Of(app);
        app.MapAtlas();
        await app.StartAsync();
        return (app, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports[2]}/")));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _silo.StopAsync();
        await _silo.DisposeAsync();
        await Database.DisposeAsync();
        File.Delete(DocumentFile);
        GC.SuppressFinalize(this);
    }
}

[CollectionDefinition(Name)]
public sealed class ApiCollection : ICollectionFixture<Api>
{
    public const string Name = "api";
}

/// <summary>A silo that withholds at random, for what is about trials.</summary>
public sealed class TryingApi : Api
{
    // Rules come from a file or from variables, and the variables of these tests switch trials off.
    protected override LearningRules Rules { get; } = new(new LearningOptions { Evidence = new EvidenceOptions { HoldoutShare = 0 } }, new RuntimeSafetyOptions());
}

[CollectionDefinition(Name)]
public sealed class TryingCollection : ICollectionFixture<TryingApi>
{
    public const string Name = "trying api";
}
