using Atlas.Http.Tests.Documents;
using Atlas.Http.Tests.Harness;
using Xunit;

namespace Atlas.Http.Tests.Clients;

/// <summary>The TypeScript client, checked strictly and run by node.</summary>
[Collection(TryingCollection.Name)]
public sealed class TypeScriptTests(TryingApi api)
{
    private static readonly string Client = Path.Combine(Repository.Root, "clients", "typescript");

    [Fact]
    public async Task It_compiles_strictly_and_runs_a_session_a_change_and_a_watch()
    {
        var folder = Directory.CreateTempSubdirectory("atlas-typescript-").FullName;
        try
        {
            foreach (var file in new[] { "package.json", "tsconfig.json", "atlas-grains.ts" })
            {
                File.Copy(Path.Combine(Client, file), Path.Combine(folder, file));
            }

            File.Copy(Path.Combine(Repository.Root, "tests", "Atlas.Http.Tests", "Clients", "use_typescript.mjs"), Path.Combine(folder, "use.mjs"));
            await Node.RunAsync(folder, api.Address, "npm", "install", "--no-audit", "--no-fund", "--silent", "--prefer-offline");
            await Node.RunAsync(folder, api.Address, "npm", "run", "--silent", "build");
            Assert.Contains("all as they should be", await Node.RunAsync(folder, api.Address, "node", "use.mjs", Api.NewKey("typescript"), api.DocumentFile), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void It_is_one_module_below_a_thousand_lines_without_dependencies()
    {
        Assert.InRange(File.ReadAllLines(Path.Combine(Client, "atlas-grains.ts")).Length, 1, 999);
        Assert.DoesNotContain("\"dependencies\"", File.ReadAllText(Path.Combine(Client, "package.json")), StringComparison.Ordinal);
    }
}
