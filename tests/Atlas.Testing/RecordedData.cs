using Xunit;

namespace Atlas.Testing;

/// <summary>Finds the data that tests read: what the repository ships, and recorded runs that lie beside it.</summary>
public static class RecordedData
{
    /// <summary>Runs of an order desk, made for this repository.</summary>
    public static string OrderDesk => Path.Combine(Repository, "samples", "data", "order-desk.json");

    /// <summary>A recorded file or folder; the test is skipped where it is absent.</summary>
    public static string Require(string name)
    {
        var folder = Environment.GetEnvironmentVariable("ATLAS_DATA") is { Length: > 0 } named
            ? named
            : Path.Combine(Repository, "..", "shared", "data");
        var path = Path.GetFullPath(Path.Combine(folder, name));
        Assert.SkipUnless(Path.Exists(path), $"There is no '{path}'. Set ATLAS_DATA to the folder with the recorded runs.");
        return path;
    }

    private static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Atlas.Grains.slnx")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new InvalidOperationException("The tests must run inside the repository.");
        }
    }
}
