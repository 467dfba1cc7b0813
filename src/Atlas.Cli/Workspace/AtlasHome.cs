namespace Atlas.Cli.Workspace;

/// <summary>The folder <c>.atlas</c>: what is running, its logs, and the private database.</summary>
internal sealed class AtlasHome(string path)
{
    /// <summary>The variable that names the folder, which is then not searched for.</summary>
    public const string Variable = "ATLAS_HOME";

    private const string FolderName = ".atlas";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Postgres => System.IO.Path.Combine(Path, "postgres");

    public string Silos => System.IO.Path.Combine(Path, "silos");

    public string Logs => System.IO.Path.Combine(Path, "logs");

    public string DatabaseFile => System.IO.Path.Combine(Path, "database.json");

    /// <summary>Gets the file with the secret that the silos on the private database share, and from which credentials are made. Readable
    /// by its owner only.</summary>
    public string SecretFile => System.IO.Path.Combine(Path, "secret");

    /// <summary>Gets the folder with a file for each run of an agent.</summary>
    public string Runs => System.IO.Path.Combine(Path, "runs");

    /// <summary>Gets the file that every command locks while it uses the silos of this workspace.</summary>
    public string UsersFile => System.IO.Path.Combine(Path, "users");

    public string LockFile => System.IO.Path.Combine(Path, "lock");

    /// <summary>Returns the file with a silo's standard output.</summary>
    public string LogOf(string silo) => System.IO.Path.Combine(Logs, silo + ".log");

    /// <summary>Returns the file with a silo's standard error.</summary>
    public string ErrorLogOf(string silo) => System.IO.Path.Combine(Logs, silo + ".err");

    /// <summary>Finds the folder: the one that <see cref="Variable"/> names; or else the nearest <c>.atlas</c> at or above the working
    /// directory in which something was started, or else the nearest of any kind; or else the one in the fallback: the repository that this
    /// program was built from, or for an installed tool the working directory.</summary>
    public static AtlasHome Find(string? named, string workingDirectory, string fallback)
    {
        if (!string.IsNullOrWhiteSpace(named))
        {
            return new AtlasHome(named);
        }

        // `atlas env init` and caches make such folders too, which must not hide the workspace above them.
        var candidates = Above(workingDirectory).Select(folder => new AtlasHome(System.IO.Path.Combine(folder, FolderName))).Where(home => Directory.Exists(home.Path)).ToList();
        return candidates.Find(home => home.IsWorkspace) ?? candidates.FirstOrDefault() ?? new AtlasHome(System.IO.Path.Combine(fallback, FolderName));
    }

    private bool IsWorkspace => File.Exists(DatabaseFile) || Directory.Exists(Postgres) || Directory.Exists(Silos);

    private static IEnumerable<string> Above(string workingDirectory)
    {
        for (var folder = new DirectoryInfo(workingDirectory); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }
}
