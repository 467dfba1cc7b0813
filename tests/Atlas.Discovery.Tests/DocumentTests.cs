using System.Text.Json.Nodes;
using Atlas.Configuration;
using Atlas.Configuration.Agents;
using Atlas.Discovery.Output;
using Atlas.Discovery.Preflight;
using Xunit;

namespace Atlas.Discovery.Tests;

/// <summary>What is written of a project.</summary>
public sealed class DocumentTests
{
    public static TheoryData<string> Projects => [Places.ShopDesk, Places.LedgerBot, Places.Repository];

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_generated_configuration_is_valid_for_running_an_agent(string root)
    {
        var check = Check(Places.Discover(root));

        Assert.True(check.IsValid, string.Join('\n', check.Errors));
        Assert.NotNull(check.Configuration!.Agent);
    }

    [Fact]
    public void The_generated_configuration_holds_what_was_found()
    {
        var settings = Check(Places.Discover(Places.ShopDesk)).Configuration!;

        var agent = Assert.IsType<ChatAgentOptions>(settings.Agent);
        Assert.Equal(("desk-agent", "gpt-4.1-mini", "SHOP_MODEL_KEY"), (agent.Name, agent.Llm.Model, agent.Llm.ApiKeyEnv));
        Assert.Equal(["get_order", "Refund", "now"], settings.Learning.Schema.AllowedRuntimeHandles);
        Assert.True(settings.RuntimeSafety.Review.RequireApproval);
    }

    [Fact]
    public void The_agents_of_this_repository_are_its_samples_and_no_test()
    {
        var project = Places.Discover(Places.Repository);

        Assert.StartsWith("samples/", project.Choice.Agent!.At.File, StringComparison.Ordinal);
        Assert.True(project.Findings.FilesRead > 300);
    }

    [Fact]
    public void An_empty_folder_gives_a_configuration_that_needs_no_key()
    {
        var folder = Directory.CreateTempSubdirectory("atlas-empty-");
        try
        {
            var project = Places.Discover(folder.FullName);

            Assert.Equal(("offline", "offline"), (project.Choice.Provider, project.Choice.Model));
            Assert.True(Check(project).IsValid);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("{{{ :: - ][")]
    [InlineData("  leads with blanks\nand: has a colon # and a hash")]
    [InlineData("tab\there")]
    [InlineData("line separator \u2028 within")]
    [InlineData("Zeile eins\n\n\nZeile vier: \"Zitat\" \\ Ende")]
    public void Any_prompt_survives_the_way_into_the_configuration(string prompt)
    {
        var folder = Directory.CreateTempSubdirectory("atlas-prompt-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "prompts"));
            File.WriteAllText(Path.Combine(folder.FullName, "prompts", "only.txt"), "x" + prompt);

            Assert.Equal("x" + prompt, Check(Places.Discover(folder.FullName)).Configuration!.Agent!.SystemPrompt);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task No_password_or_key_of_the_sources_reaches_a_document()
    {
        foreach (var root in new[] { Places.ShopDesk, Places.LedgerBot })
        {
            var project = Places.Discover(root);
            var checks = await PreflightAsync(project);
            var all = DiscoverDocument.Write(project, checks).ToJsonString() + DiscoverDocument.Payload(project).ToJsonString() + project.ConfigurationText;

            Assert.All(
                ["geheim", "hunter2", "sk-abcdef", "wh-4711-secret", "api-key=4711", "api_key=4711"],
                secret => Assert.DoesNotContain(secret, all, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_document_has_the_keys_of_the_original_and_the_hash_of_every_module()
    {
        var project = Places.Discover(Places.LedgerBot);
        var document = DiscoverDocument.Write(project, await PreflightAsync(project));

        string[] keys =
        [
            "version", "generated_at", "project_root", "environment", "agent", "capabilities", "schema", "reward", "telemetry", "sample_history",
            "plan_preview", "final_answer_sample", "preflight",
        ];
        Assert.All(keys, key => Assert.True(document.ContainsKey(key), key));
        Assert.Equal("2026-03-04T09:00:00.000000+00:00", document["generated_at"]!.GetValue<string>());
        Assert.Equal(("self", "auto"), (Text(document["capabilities"]!["control_loop"]), Text(document["capabilities"]!["preferred_mode"])));
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Places.LedgerBot, "ledger", "agent.py")))),
            Text(document["agent"]!["hash"]));
        Assert.Equal(["ledger/agent.py", "ledger/environment.py", "ledger/tools.py"], document["modules"]!.AsArray().Select(module => Text(module!["file"])));
    }

    [Fact]
    public void Equal_sources_have_an_equal_fingerprint_and_a_changed_module_another()
    {
        var copy = Directory.CreateTempSubdirectory("atlas-copy-");
        try
        {
            foreach (var file in Directory.GetFiles(Path.Combine(Places.LedgerBot, "ledger")))
            {
                File.Copy(file, Path.Combine(Directory.CreateDirectory(Path.Combine(copy.FullName, "ledger")).FullName, Path.GetFileName(file)));
            }

            Assert.Equal(Places.Discover(Places.LedgerBot).Fingerprint, Places.Discover(copy.FullName).Fingerprint);
            File.AppendAllText(Path.Combine(copy.FullName, "ledger", "tools.py"), "\n# another line\n");
            Assert.NotEqual(Places.Discover(Places.LedgerBot).Fingerprint, Places.Discover(copy.FullName).Fingerprint);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_preflight_says_which_key_and_which_program_are_missing()
    {
        var project = Places.Discover(Places.ShopDesk);

        var checks = await PreflightAsync(project);

        Assert.Contains(checks, check => check is { Name: "configuration", Verdict: "ok" });
        Assert.Contains(checks, check => check is { Name: "key", Verdict: "failed" } && check.Sentence.Contains("SHOP_MODEL_KEY is not set", StringComparison.Ordinal));
        Assert.Contains(checks, check => check is { Name: "mcp_server", Verdict: "failed" } && check.Sentence.Contains("warehouse-mcp", StringComparison.Ordinal));
        Assert.All(checks.Where(check => check.Name == "tool"), check => Assert.Equal("ok", check.Verdict));
    }

    private static Task<System.Collections.Immutable.ImmutableArray<PreflightCheck>> PreflightAsync(DiscoveredProject project) =>
        ProjectPreflight.RunAsync(
            project.Findings, Check(project), new PreflightOptions { UsesNetwork = false, ReadVariable = _ => null }, TestContext.Current.CancellationToken);

    private static string? Text(JsonNode? node) => node?.GetValue<string>();

    private static Configuration.Checking.ConfigurationCheck Check(DiscoveredProject project)
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".yaml");
        File.WriteAllText(file, project.ConfigurationText);
        try
        {
            return ConfigurationLoader.Check(new ConfigurationRequest
            {
                Files = [file],
                Profile = ConfigurationProfile.Agent,
                Environment = new Dictionary<string, string>(),
            });
        }
        finally
        {
            File.Delete(file);
        }
    }
}
