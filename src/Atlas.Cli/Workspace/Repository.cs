namespace Atlas.Cli.Workspace;

/// <summary>The source tree this program was built from. It builds, tests and starts what lies there.</summary>
internal sealed class Repository
{
    private const string Solution = "Atlas.Grains.sln";

    private Repository(string root, string configuration)
    {
        Root = root;
        Configuration = configuration;
    }

    public string Root { get; }

    /// <summary><c>Release</c> or <c>Debug</c>: that of the running program.</summary>
    public string Configuration { get; }

    public string SolutionFile => Path.Combine(Root, Solution);

    public string SiloAssembly => OutputOf("silo", "Atlas.Silo", "Atlas.Silo.dll");

    public string BenchmarkProject => Path.Combine(Root, "benchmarks", "Atlas.Benchmarks", "Atlas.Benchmarks.csproj");

    public string BenchmarkAssembly => OutputOf("benchmarks", "Atlas.Benchmarks", "Atlas.Benchmarks.dll");

    public string SampleData => Path.Combine(Root, "samples", "data", "order-desk.json");

    public string Tests => Path.Combine(Root, "tests");

    /// <exception cref="CommandFailedException">The program does not lie in its repository.</exception>
    public static Repository Find(string programFolder)
    {
        for (var folder = new DirectoryInfo(programFolder); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return new Repository(folder.FullName, ConfigurationOf(programFolder));
            }
        }

        throw new CommandFailedException(
            ExitCode.CannotStart,
            $"{Solution} is in no folder above {programFolder}: start atlas with the launcher of its repository.");
    }

    /// <summary>A file in the build output of a project.</summary>
    public string OutputOf(string folder, string project, string file) =>
        Path.Combine(Root, folder, project, "bin", Configuration, "net10.0", file);

    // The output folder is bin/<configuration>/<framework>/.
    private static string ConfigurationOf(string programFolder) =>
        new DirectoryInfo(programFolder.TrimEnd(Path.DirectorySeparatorChar)).Parent?.Name ?? "Release";
}
