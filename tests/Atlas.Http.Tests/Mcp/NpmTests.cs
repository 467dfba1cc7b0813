using Atlas.Http.Tests.Documents;
using Atlas.Http.Tests.Harness;
using Xunit;

namespace Atlas.Http.Tests.Mcp;

/// <summary>The MCP server, spoken to by the official SDK of npm, over HTTP and over standard input and output.</summary>
[Collection(ApiCollection.Name)]
public sealed class NpmTests(Api api)
{
    [Fact]
    public async Task The_SDK_of_npm_talks_to_it_over_http_and_stdio()
    {
        var folder = Directory.CreateTempSubdirectory("atlas-mcp-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{"type": "module", "private": true, "dependencies": {"@modelcontextprotocol/sdk": "^1"}}""");
            File.Copy(Path.Combine(Repository.Root, "tests", "Atlas.Http.Tests", "Mcp", "use_sdk.mjs"), Path.Combine(folder, "use.mjs"));
            await Node.RunAsync(folder, api.Address, "npm", "install", "--no-audit", "--no-fund", "--silent");
            Assert.Contains("all as they should be", await Node.RunAsync(folder, api.Address, "node", "use.mjs", Api.NewKey("npm"), Repository.Of("Cli")), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
