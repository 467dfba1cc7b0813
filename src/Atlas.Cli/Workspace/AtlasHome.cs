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

    /// <summary>What the silos on the private database share, and from which credentials are made. Readable by its owner only.</summary>
    public string SecretFile => System.IO.Path.Combine(Path, "secret");

    /// <summary>What runs of agents left: a file each.</summary>
    public string Runs => System.IO.Path.Combine(Path, "runs");

    /// <summary>Held by every command that uses the silos of this workspace while it works.</summary>
    public string UsersFile => System.IO.Path.Combine(Path, "users");

    public string LockFile => System.IO.Path.Combine(Path, "lock");

    /// <summary>What a silo writes to standard output.</summary>
    public string LogOf(string silo) => System.IO.Path.Combine(Logs, silo + ".log");

    /// <summary>What a silo writes to standard error.</summary>
    public string ErrorLogOf(string silo) => System.IO.Path.Combine(Logs, silo + ".err");

    /// <summary>
    /// The folder that <see cref="Variable"/> names; else the nearest <c>.atlas</c> at or above the working directory; else
    /// the one in the fallback: the repository that this program was built from, or for an installed tool the working directory.
    /// </summary>
    public static AtlasHome Find(string? named, string workingDirectory, string fallback)
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

        return new AtlasHome(System.IO.Path.Combine(fallback, FolderName));
    }
}
