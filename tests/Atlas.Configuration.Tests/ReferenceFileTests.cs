using Atlas.Configuration.Reference;

namespace Atlas.Configuration.Tests;

/// <summary>The reference in the documentation is the one that the code writes.</summary>
public sealed class ReferenceFileTests
{
    private const string Variable = "ATLAS_WRITE_DOCS";

    [Fact]
    public void The_reference_in_the_docs_is_up_to_date()
    {
        var file = Path.Combine(Repository(), "docs", "configuration.md");
        var current = ConfigurationReference.ToMarkdown();
        if (Environment.GetEnvironmentVariable(Variable) is "1")
        {
            File.WriteAllText(file, current);
        }

        Assert.True(
            File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == current,
            $"docs/configuration.md is out of date. Refresh it with: {Variable}=1 dotnet run --project tests/Atlas.Configuration.Tests");
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Atlas.Grains.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"Atlas.Grains.slnx is in no folder above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }
}
