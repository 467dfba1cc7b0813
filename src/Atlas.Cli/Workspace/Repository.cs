namespace Atlas.Cli.Workspace;

/// <summary>The location of this program: in the source tree it was built from, or installed as a tool with the silo next to it.</summary>
internal sealed class Repository
{
    private const string Solution = "Atlas.Grains.slnx";
    private const string Silo = "Atlas.Silo.dll";

    private readonly string? _root;

    private Repository(string? root, string configuration, string siloAssembly)
    {
        _root = root;
        Configuration = configuration;
        SiloAssembly = siloAssembly;
    }

    /// <summary>Gets a value indicating whether there is no source tree: nothing can be built, tested or benchmarked.</summary>
    public bool IsInstalled => _root is null;

    /// <summary>Gets the root of the source tree.</summary>
    /// <exception cref="CommandFailedException">The program is installed as a tool.</exception>
    public string Root => _root ?? throw new CommandFailedException(
        ExitCode.CannotStart,
        "This command needs the sources, and this atlas is installed as a tool. Run ./atlas in a checkout of the repository.");

    /// <summary>Gets the configuration of the running program: <c>Release</c> or <c>Debug</c>.</summary>
    public string Configuration { get; }

    public string SolutionFile => Path.Combine(Root, Solution);

    public string SiloAssembly { get; }

    public string BenchmarkProject => Path.Combine(Root, "benchmarks", "Atlas.Benchmarks", "Atlas.Benchmarks.csproj");

    public string BenchmarkAssembly => OutputOf(Root, "benchmarks", "Atlas.Benchmarks", Configuration, "Atlas.Benchmarks.dll");

    public string Tests => Path.Combine(Root, "tests");

    /// <exception cref="CommandFailedException">The program is neither in its repository nor next to a silo.</exception>
    public static Repository Find(string programFolder)
    {
        // Checked first: a tool may be installed into a folder of somebody's checkout.
        var beside = Path.Combine(programFolder, "silo", Silo);
        if (File.Exists(beside))
        {
            return new Repository(null, "Release", beside);
        }

        for (var folder = new DirectoryInfo(programFolder); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                var configuration = ConfigurationOf(programFolder);
                return new Repository(folder.FullName, configuration, OutputOf(folder.FullName, "silo", "Atlas.Silo", configuration, Silo));
            }
        }

        throw new CommandFailedException(
            ExitCode.CannotStart,
            $"No folder above {programFolder} contains {Solution}, and there is no silo next to the program. Start atlas with the launcher "
            + "of its repository, or install it with `dotnet tool install Atlas.Grains.Cli`.");
    }

    // The build output of a project.
    private static string OutputOf(string root, string folder, string project, string configuration, string file) =>
        Path.Combine(root, folder, project, "bin", configuration, "net10.0", file);

    // The output folder is bin/<configuration>/<framework>/.
    private static string ConfigurationOf(string programFolder) =>
        new DirectoryInfo(programFolder.TrimEnd(Path.DirectorySeparatorChar)).Parent?.Name ?? "Release";
}
