using Xunit;

namespace Atlas.Client.Tests.Connection;

public sealed class WorkspaceTests
{
    [Fact]
    public void A_cache_makes_no_workspace_that_would_hide_the_real_one()
    {
        var workspace = Directory.CreateTempSubdirectory("atlas-client-test-").FullName;
        var below = Directory.CreateDirectory(Path.Combine(workspace, "service", "bin")).FullName;

        Assert.DoesNotContain(workspace, AtlasFolder.FindCache(below), StringComparison.Ordinal);

        Directory.CreateDirectory(Path.Combine(workspace, ".atlas"));
        Assert.Equal(Path.Combine(workspace, ".atlas", "cache", "learning"), AtlasFolder.FindCache(below));
        Directory.Delete(workspace, recursive: true);
    }
}
