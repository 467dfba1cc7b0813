using System.Text.Json;
using Atlas.Http.Tests.Documents;
using Atlas.Http.Tests.Harness;
using Xunit;

namespace Atlas.Http.Tests.Mcp;

/// <summary>Programs of others, from npm, that judge what is served: the inspector of MCP, and a validator of OpenAPI documents.</summary>
public sealed class InspectorTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task The_inspector_and_a_validator_of_others_find_nothing_wrong()
    {
        var folder = Directory.CreateTempSubdirectory("atlas-inspector-").FullName;
        try
        {
            // The last inspector that runs on the node of Debian.
            await File.WriteAllTextAsync(
                Path.Combine(folder, "package.json"),
                """{"private": true, "dependencies": {"@modelcontextprotocol/inspector": "0.15.0", "@seriousme/openapi-schema-validator": "^2"}}""");
            await Node.RunAsync(folder, api.Address, "npm", "install", "--no-audit", "--no-fund", "--silent", "--ignore-scripts", "--prefer-offline");

            await File.WriteAllTextAsync(Path.Combine(folder, "openapi.json"), api.Document);
            var verdict = JsonElement.Parse(await Node.RunAsync(folder, api.Address, "npx", "--no-install", "validate-api", "openapi.json"));
            Assert.True(verdict.GetProperty("valid").GetBoolean(), verdict.GetRawText());

            var key = Api.NewKey("inspector");
            var tools = (await InspectAsync("--method", "tools/list")).GetProperty("tools").EnumerateArray().Select(tool => tool.Text("name"));
            Assert.Equal(["get_playbook", "list_evidence", "propose_entry", "record_events", "report_outcome", "search_playbook", "start_session"], tools.Order(StringComparer.Ordinal));
            var started = await InspectAsync("--method", "tools/call", "--tool-name", "start_session", "--tool-arg", "task=Refund order 1042", "--tool-arg", $"learning_key={key}");
            Assert.True(started.GetProperty("structuredContent").Number("session_id") > 0, started.GetRawText());
            var read = await InspectAsync("--method", "resources/read", "--uri", $"atlas://{key.Escaped()}@current");
            Assert.Equal(1, read.GetProperty("contents").GetArrayLength());
            Assert.NotEqual(0, (await InspectAsync("--method", "resources/templates/list")).GetProperty("resourceTemplates").GetArrayLength());
            Assert.True((await InspectAsync("--method", "prompts/list")).TryGetProperty("prompts", out _));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        async Task<JsonElement> InspectAsync(params string[] arguments) => JsonElement.Parse(await Node.RunAsync(
            folder, api.Address, ["npx", "--no-install", "mcp-inspector", "--cli", new Uri(api.Address, "mcp").AbsoluteUri, "--transport", "http", .. arguments]));
    }
}
