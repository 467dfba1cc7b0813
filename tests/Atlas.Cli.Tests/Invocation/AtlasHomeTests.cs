using Atlas.Cli.Workspace;
using Xunit;

namespace Atlas.Cli.Tests.Invocation;

public sealed class AtlasHomeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-homes-").FullName;

    [Fact]
    public void A_discovered_project_does_not_hide_the_workspace_above_it()
    {
        var workspace = Write(".atlas", "database.json");
        Write("src/support/.atlas", "discover.json");

        Assert.Equal(workspace, Find("src/support"));
        Assert.Equal(workspace, Find("src/support/deeper"));
    }

    [Fact]
    public void Without_a_workspace_above_it_is_the_place_for_one()
    {
        var project = Write("src/support/.atlas", "discover.json");

        Assert.Equal(project, Find("src/support/deeper"));
    }

    [Fact]
    public void The_nearest_workspace_is_taken()
    {
        Write(".atlas", "database.json");
        var nearer = Write("src/.atlas", "silos/silo-1.json");

        Assert.Equal(nearer, Find("src/support"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Find(string at) =>
        AtlasHome.Find(null, Directory.CreateDirectory(Path.Combine(_folder, at)).FullName, Path.Combine(_folder, "fallback")).Path;

    private string Write(string home, string file)
    {
        var path = Path.Combine(_folder, home, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "{}");
        return Path.Combine(_folder, home);
    }
}
