using System.Globalization;
using System.Text;
using Atlas.Packages.Tests.Packing;
using Atlas.Testing;
using Atlas.Testing.Documents;
using Xunit;

namespace Atlas.Packages.Tests.Guides;

/// <summary>Whoever follows docs/guides/first-agent.md has an agent that learns.</summary>
[Collection(PackedProduct.Name)]
public sealed class FirstAgentTests(PackedProduct product)
{
    private const string Ran = "refunds were checked";

    private readonly IReadOnlyList<int> _ports = FreePorts.Find(3);

    [Fact]
    public async Task The_agent_of_the_guide_does_better_the_second_time()
    {
        var shell = product.Shell.In("guide", new Dictionary<string, string?>
        {
            ["ATLAS_HOME"] = Path.Combine(product.Shell.Folder, "guide", ".atlas"),
            ["USER"] = "tester",
            ["Atlas__Learning__Evidence__Enabled"] = null,
        });
        File.CreateSymbolicLink(Path.Combine(shell.Folder, "atlas"), Path.Combine(Repository.Root, "atlas"));
        var script = new StringBuilder("set -euo pipefail\n");
        foreach (var block in MarkdownPage.Blocks(Path.Combine(Repository.Root, "docs", "guides", "first-agent.md")))
        {
            if (block.File is { } file)
            {
                script.Append(CultureInfo.InvariantCulture, $"cat > {file} <<'PROGRAM'\n{block.Text}PROGRAM\n");
            }

            foreach (var line in block.Language == "sh" ? block.Code : [])
            {
                script.Append(Adapted(line)).Append('\n');
            }
        }

        await shell.WriteAsync("follow", script.ToString());
        try
        {
            var said = await shell.RunAsync("/bin/bash", "follow");

            var runs = said.Split('\n').Where(line => line.EndsWith(Ran + ".", StringComparison.Ordinal))
                .Select(line => int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(2, runs.Count);
            Assert.True(runs[1] > runs[0], $"{runs[0]} refunds were checked before anything was learned, {runs[1]} after it.\n{said}");
        }
        finally
        {
            await shell.RunAsync(Path.Combine(shell.Folder, "atlas"), "down");
        }
    }

    // The packages were made before, and the folder above says where they are.
    private string Adapted(string line) => line switch
    {
        _ when line.StartsWith("./atlas up", StringComparison.Ordinal) =>
            string.Create(CultureInfo.InvariantCulture, $"{line} --http-port {_ports[0]} --silo-port {_ports[1]} --gateway-port {_ports[2]}"),
        _ when line.StartsWith("dotnet pack", StringComparison.Ordinal)
            || line.StartsWith("dotnet new nugetconfig", StringComparison.Ordinal)
            || line.StartsWith("dotnet nuget add source", StringComparison.Ordinal) => ":",
        _ => line,
    };
}
