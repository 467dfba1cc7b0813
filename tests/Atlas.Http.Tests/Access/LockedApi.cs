using System.Text.Json;
using Atlas.Http.Tests.Harness;
using Atlas.Storage.Access;
using Atlas.Testing;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace Atlas.Http.Tests.Access;

/// <summary>Two silos over a database with API keys.</summary>
public sealed class LockedApi : IAsyncLifetime
{
    private readonly List<WebApplication> _silos = [];

    public TestDatabase Database { get; private set; } = null!;

    public List<Uri> Addresses { get; } = [];

    public ApiKeyStore Keys => new(Database.DataSource);

    public string Document { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        await CreateAsync("first");
        for (var n = 1; n <= 2; n++)
        {
            var (silo, address) = await Api.StartSiloAsync(Database.Address, $"locked-{n}");
            _silos.Add(silo);
            Addresses.Add(address);
        }

        using var plain = new HttpClient { BaseAddress = Addresses[0] };
        Document = await plain.GetStringAsync("openapi/v1.json");
    }

    /// <summary>A key, and what is stored of it.</summary>
    public Task<(string Key, ApiKeyRecord Record)> CreateAsync(
        string name, string tenant = "", string[]? scopes = null, string prefix = "", int? rate = null, DateTimeOffset? expires = null) => Keys.CreateAsync(new ApiKeyRecord
        {
            Id = "",
            Name = name,
            Tenant = tenant,
            Scopes = [.. scopes ?? ["read", "record", "review", "govern"]],
            KeyPrefix = prefix,
            RequestsPerSecond = rate,
            CreatedAt = default,
            CreatedBy = "test",
            ExpiresAt = expires,
        });

    public HttpClient Client(string? key, int silo = 0, string header = "Authorization")
    {
        var client = new HttpClient { BaseAddress = Addresses[silo], Timeout = TimeSpan.FromSeconds(60) };
        if (key is not null)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(header, header == "Authorization" ? $"Bearer {key}" : key);
        }

        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.StopAsync();
            await silo.DisposeAsync();
        }

        await Database.DisposeAsync();
    }
}
