using Atlas.Client;
using Atlas.Grains.Tests.Cluster;
using Atlas.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atlas.Grains.Tests.Learning;

/// <summary>A silo whose synthesizer is a model on loopback.</summary>
internal sealed class ModelSilo : IAsyncDisposable
{
    public const string KeyVariable = "ATLAS_TEST_MODEL_KEY";

    public required TestDatabase Database { get; init; }

    public required RunningSilo Silo { get; init; }

    public required IAtlasClient Client { get; init; }

    public static Task<ModelSilo> StartAsync(ScriptedModel model, string learning = "", Action<IServiceCollection>? replace = null)
    {
        Environment.SetEnvironmentVariable(KeyVariable, "not-a-real-key");
        return StartAsync(
            $$"""
            runtime_safety: { review: { require_approval: false }, drift: { enabled: false } }
            learning:
            {{learning}}
              llm:
                provider: openai
                model: scripted
                api_key_env: {{KeyVariable}}
                api_base: {{model.Address}}v1
                retry: { attempts: 1 }
            """,
            replace);
    }

    public static async Task<ModelSilo> StartAsync(string configuration, Action<IServiceCollection>? replace = null)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("atlas-model-").FullName, "atlas.yaml");
        await File.WriteAllTextAsync(file, configuration);
        var database = await TestDatabase.CreateAsync();
        var silo = await RunningSilo.StartAsync(database.Address, "silo-1", replace, $"--ATLAS_CONFIG={file}");
        return new ModelSilo
        {
            Database = database,
            Silo = silo,
            Client = await AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = database.Address }),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Silo.DisposeAsync();
        await Database.DisposeAsync();
    }
}
