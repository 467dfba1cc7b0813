using Atlas.Client;
using Atlas.Grains.Tests.Cluster;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

/// <summary>The configured language model distils the playbook, over the wire of its provider.</summary>
public sealed class ModelSynthesisTests
{
    private const string Key = "support/refunds";
    private const string KeyVariable = "ATLAS_TEST_MODEL_KEY";

    [Fact]
    public async Task The_model_that_the_configuration_names_is_shown_the_sessions_and_writes_the_playbook()
    {
        await using var model = await ScriptedModel.StartAsync();
        model.Answer = """
            {"version": "playbook_entry.v1", "student_pamphlet": "Look the order up first.", "teacher_pamphlet": null, "playbook_entries": []}
            """;
        await using var database = await TestDatabase.CreateAsync();
        var file = await ConfigureAsync(model);
        await using var silo = await RunningSilo.StartAsync(database.Address, "silo-1", replace: null, $"--ATLAS_CONFIG={file}");
        await using var client = await AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = database.Address });

        await client.RunSessionAsync(Key, review: "approved");

        await Eventually.TrueAsync(async () => (await client.ResolveAsync(Key)).Version == 1, TimeSpan.FromSeconds(60), "The playbook");
        Assert.Equal("Look the order up first.", (await client.ResolveAsync(Key)).Student!.Text);
        Assert.Contains("Refund order 1042", model.Asked[0].ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("synthesizer:openai/scripted", await database.ScalarAsync<string>("SELECT author FROM playbook_versions"));
    }

    private static async Task<string> ConfigureAsync(ScriptedModel model)
    {
        Environment.SetEnvironmentVariable(KeyVariable, "not-a-real-key");
        var file = Path.Combine(Directory.CreateTempSubdirectory("atlas-model-").FullName, "atlas.yaml");
        await File.WriteAllTextAsync(file, $"""
            learning:
              llm:
                provider: openai
                model: scripted
                api_key_env: {KeyVariable}
                api_base: {model.Address}v1
            """);
        return file;
    }
}
