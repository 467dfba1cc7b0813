using System.Text.Json;
using Atlas.Http.Tests.Documents;
using Atlas.Http.Tests.Harness;
using Xunit;

namespace Atlas.Http.Tests.Mcp;

/// <summary>A silo, and programs of others from npm that speak to it: installed once, and not while other tests wait.</summary>
public sealed class NpmFolder : IAsyncLifetime
{
    public Api Api { get; } = new();

    public string Path { get; } = Directory.CreateTempSubdirectory("atlas-npm-").FullName;

    public async ValueTask InitializeAsync()
    {
        await Api.InitializeAsync();
        await File.WriteAllTextAsync(System.IO.Path.Combine(Path, "package.json"), """
            {"type": "module", "private": true, "dependencies": {
              "@modelcontextprotocol/sdk": "^1", "@modelcontextprotocol/inspector-cli": "^1", "@seriousme/openapi-schema-validator": "^2"}}
            """);
        File.Copy(System.IO.Path.Combine(Repository.Root, "tests", "Atlas.Http.Tests", "Mcp", "use_sdk.mjs"), System.IO.Path.Combine(Path, "use.mjs"));
        await RunAsync("npm", "install", "--no-audit", "--no-fund", "--silent", "--prefer-offline");

        // The command line looks for the package of the whole inspector, of which it is a part; the rest are a hundred megabytes of pages.
        var inspector = System.IO.Path.Combine(Path, "node_modules", "@modelcontextprotocol");
        File.Copy(System.IO.Path.Combine(inspector, "inspector-cli", "package.json"), System.IO.Path.Combine(inspector, "package.json"));
    }

    public Task<string> RunAsync(params string[] command) => Node.RunAsync(Path, Api.Address, command);

    /// <summary>Runs a program that was installed.</summary>
    public Task<string> ProgramAsync(string name, params string[] arguments) => RunAsync(["node", System.IO.Path.Combine("node_modules", ".bin", name), .. arguments]);

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(Path, recursive: true);
        await Api.DisposeAsync();
    }
}

/// <summary>What is served, judged by programs of others: the official SDK of MCP over HTTP and over standard input and output, the command line
/// of its inspector, and a validator of OpenAPI documents.</summary>
public sealed class NpmTests(NpmFolder npm) : IClassFixture<NpmFolder>
{
    [Fact]
    public async Task The_SDK_of_npm_talks_to_it_over_http_and_stdio() =>
        Assert.Contains("all as they should be", await npm.RunAsync("node", "use.mjs", Api.NewKey("npm"), Repository.Of("Cli")), StringComparison.Ordinal);

    [Fact]
    public async Task The_inspector_lists_and_calls_what_there_is()
    {
        var key = Api.NewKey("inspector");
        var tools = (await InspectAsync("--method", "tools/list")).GetProperty("tools").EnumerateArray().Select(tool => tool.Text("name"));
        Assert.Equal(["get_playbook", "list_evidence", "propose_entry", "record_events", "report_outcome", "search_playbook", "start_session"], tools.Order(StringComparer.Ordinal));
        var started = await InspectAsync("--method", "tools/call", "--tool-name", "start_session", "--tool-arg", "task=Refund order 1042", "--tool-arg", $"learning_key={key}");
        Assert.True(started.GetProperty("structuredContent").Number("session_id") > 0, started.GetRawText());
        var read = await InspectAsync("--method", "resources/read", "--uri", $"atlas://{key.Escaped()}@current");
        Assert.Equal(1, read.GetProperty("contents").GetArrayLength());
        Assert.NotEqual(0, (await InspectAsync("--method", "resources/templates/list")).GetProperty("resourceTemplates").GetArrayLength());
    }

    [Fact]
    public async Task A_validator_of_others_finds_the_OpenAPI_document_valid()
    {
        var verdict = JsonElement.Parse(await npm.ProgramAsync("validate-api", npm.Api.DocumentFile));
        Assert.True(verdict.GetProperty("valid").GetBoolean(), verdict.GetRawText());
    }

    private async Task<JsonElement> InspectAsync(params string[] arguments) => JsonElement.Parse(
        await npm.ProgramAsync("mcp-inspector-cli", ["--cli", new Uri(npm.Api.Address, "mcp").AbsoluteUri, "--transport", "http", .. arguments]));
}
