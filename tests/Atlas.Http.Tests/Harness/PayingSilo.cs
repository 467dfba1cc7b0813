using Atlas.Hosting;
using Atlas.Storage.Access;
using Atlas.Testing;
using Atlas.Testing.Wire;
using Microsoft.AspNetCore.Builder;

namespace Atlas.Http.Tests.Harness;

/// <summary>A silo whose models are a scripted server, and a caller with an API key whose budget pays for what the silo asks them.</summary>
internal sealed class PayingSilo : IAsyncDisposable
{
    /// <summary>The variable that holds the key of the scripted models.</summary>
    public const string KeyVariable = "ATLAS_TEST_SPENDING_KEY";

    private readonly WebApplication _silo;
    private readonly Uri _address;

    private PayingSilo(TestDatabase database, ScriptedServer models, WebApplication silo, Uri address) =>
        (Database, Models, _silo, _address) = (database, models, silo, address);

    public TestDatabase Database { get; }

    public ScriptedServer Models { get; }

    public BudgetStore Budgets => new(Database.DataSource);

    /// <param name="configuration">The file of the silo, given the address of the models.</param>
    /// <param name="own">Parts of its own, given the same.</param>
    public static async Task<PayingSilo> StartAsync(Func<string, string> configuration, Action<AtlasSiloBuilder, string>? own = null)
    {
        Environment.SetEnvironmentVariable(KeyVariable, "not-a-real-key");
        var models = await ScriptedServer.StartAsync();
        var database = await TestDatabase.CreateAsync();
        var file = Path.Combine(Directory.CreateTempSubdirectory("atlas-spending-").FullName, "atlas.yaml");
        await File.WriteAllTextAsync(file, configuration(models.OpenAIAddress));
        var (silo, address) = await Api.StartSiloAsync(database.Address, "paying", builder => own?.Invoke(builder, models.OpenAIAddress), $"--ATLAS_CONFIG={file}");
        return new PayingSilo(database, models, silo, address);
    }

    /// <summary>A caller of the tenant <c>acme</c>, whose key pays.</summary>
    /// <param name="name">The key's name.</param>
    public async Task<HttpClient> ClientAsync(string name)
    {
        var (key, _) = await new ApiKeyStore(Database.DataSource).CreateAsync(new ApiKeyRecord
        {
            Id = "", Name = name, Tenant = "acme", Scopes = ["read", "record"], KeyPrefix = "", CreatedAt = default, CreatedBy = "test",
        });
        var client = new HttpClient { BaseAddress = _address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.StopAsync();
        await _silo.DisposeAsync();
        await Models.DisposeAsync();
        await Database.DisposeAsync();
    }
}
