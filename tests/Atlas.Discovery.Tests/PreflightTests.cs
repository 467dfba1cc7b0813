using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Atlas.Configuration;
using Atlas.Discovery.Findings;
using Atlas.Discovery.Preflight;
using Xunit;

namespace Atlas.Discovery.Tests;

/// <summary>The preflight against servers that are there, and servers that are not.</summary>
public sealed class PreflightTests
{
    [Fact]
    public async Task A_model_that_answers_is_said_to_answer_and_one_that_does_not_is_not()
    {
        await using var server = new AnsweringModel();

        var (good, bad) = (await CheckAsync(server.Address), await CheckAsync(ClosedPort()));

        Assert.Contains(good, check => check is { Name: "model", Verdict: "ok", Sentence: "tiny answers (5 characters)." });
        Assert.Contains(bad, check => check is { Name: "model", Verdict: "failed" } && check.Sentence.StartsWith("tiny does not answer: ", StringComparison.Ordinal));
        Assert.DoesNotContain(bad, check => check.Sentence.Contains("sk-verysecret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_is_tried_by_connecting_to_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var findings = new ProjectFindings
        {
            Root = "/",
            FilesRead = 0,
            McpServers =
            [
                new("there", "http", null, [], $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/mcp", new("a", 1)),
                new("gone", "http", null, [], ClosedPort(), new("a", 1)),
                new("odd", "http", null, [], "not an address", new("a", 1)),
            ],
            Tools = [new("lost", null, null, new JsonObject(), "ai_function", new("a", 1))],
        };

        var checks = await ProjectPreflight.RunAsync(findings, Check("learning: { }", ConfigurationProfile.Cluster), new PreflightOptions(), TestContext.Current.CancellationToken);

        Assert.Equal(
            [("configuration", "ok"), ("there", "ok"), ("gone", "failed"), ("odd", "failed"), ("lost", "failed")],
            checks.Select(check => (check.Name is "configuration" ? check.Name : check.Subject, check.Verdict)));
    }

    private static Task<System.Collections.Immutable.ImmutableArray<PreflightCheck>> CheckAsync(string address)
    {
        var model = $"{{ provider: openai, model: tiny, api_key_env: TINY_KEY, api_base: \"{address}\" }}";
        var check = Check(
            $"agent: {{ type: litellm, name: a, system_prompt: p, llm: {model} }}\nteacher: {{ llm: {model} }}\nrim: {{ small_model: {model}, large_model: {model} }}\nlearning: {{ llm: {model} }}",
            ConfigurationProfile.Agent);
        return ProjectPreflight.RunAsync(
            new ProjectFindings { Root = "/", FilesRead = 0 }, check, new PreflightOptions { ReadVariable = name => name == "TINY_KEY" ? "sk-verysecret" : null },
            TestContext.Current.CancellationToken);
    }

    private static Configuration.Checking.ConfigurationCheck Check(string yaml, ConfigurationProfile profile)
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".yaml");
        File.WriteAllText(file, yaml);
        try
        {
            var check = ConfigurationLoader.Check(new ConfigurationRequest { Files = [file], Profile = profile, Environment = new Dictionary<string, string>() });
            Assert.True(check.IsValid, string.Join('\n', check.Errors));
            return check;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1";
    }
}
