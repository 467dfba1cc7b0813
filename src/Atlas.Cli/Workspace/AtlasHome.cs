namespace Atlas.Cli.Workspace;

/// <summary>The folder <c>.atlas</c>: what runs here, its logs, and the private database.</summary>
internal sealed class AtlasHome(string path)
{
    /// <summary>Names the folder instead of looking for it.</summary>
    public const string Variable = "ATLAS_HOME";

    private const string FolderName = ".atlas";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Postgres => System.IO.Path.Combine(Path, "postgres");

    public string Silos => System.IO.Path.Combine(Path, "silos");

    public string Logs => System.IO.Path.Combine(Path, "logs");

    public string DatabaseFile => System.IO.Path.Combine(Path, "database.json");

    /// <summary>What runs of agents left: a file each.</summary>
    public string Runs => System.IO.Path.Combine(Path, "runs");

    /// <summary>Held by every command that uses the silos of this workspace while it works.</summary>
    public string UsersFile => System.IO.Path.Combine(Path, "users");

    public string LockFile => System.IO.Path.Combine(Path, "lock");

    /// <summary>
    /// The folder that <see cref="Variable"/> names; else the nearest <c>.atlas</c> at or above the working directory; else
    /// the one in the repository that this program was built from.
    /// </summary>
    public static AtlasHome Find(string? named, string workingDirectory, string repositoryRoot)
    {
        if (!string.IsNullOrWhiteSpace(named))
        {
            return new AtlasHome(named);
        }

        for (var folder = new DirectoryInfo(workingDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = System.IO.Path.Combine(folder.FullName, FolderName);
            if (Directory.Exists(candidate))
            {
                return new AtlasHome(candidate);
            }
        }

        return new AtlasHome(System.IO.Path.Combine(repositoryRoot, FolderName));
    }
}
