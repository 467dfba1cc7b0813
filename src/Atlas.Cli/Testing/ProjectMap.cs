using System.Xml.Linq;

namespace Atlas.Cli.Testing;

/// <summary>The projects below a folder and the files that each depends on, as the project files say.</summary>
/// <remarks>A file belongs to the project in whose folder it lies, and to each project that includes it or names it, or a folder above it, in a
/// <c>TestReads</c> item. A file of no project, such as Directory.Build.props, belongs to all.</remarks>
internal sealed class ProjectMap
{
    /// <summary>Items that refer to projects and packages instead of files.</summary>
    private static readonly string[] NoFiles = ["ProjectReference", "PackageReference", "AssemblyMetadata", "InternalsVisibleTo", "Using"];

    private readonly Dictionary<string, Project> _projects;

    private ProjectMap(Dictionary<string, Project> projects) => _projects = projects;

    /// <param name="root">The root of the source tree.</param>
    public static ProjectMap Read(string root) => new(Directory.EnumerateFiles(root, "*.csproj", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(root, file))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
        .ToDictionary(file => file, file => Project.Read(root, file), StringComparer.Ordinal));

    /// <summary>Returns the projects that changed files belong to, and all that refer to one of those.</summary>
    /// <param name="files">Paths relative to the root.</param>
    public IReadOnlySet<string> Reached(IEnumerable<string> files)
    {
        var waiting = new Queue<string>(files.SelectMany(Owners));
        var reached = new HashSet<string>(StringComparer.Ordinal);
        while (waiting.TryDequeue(out var project))
        {
            if (reached.Add(project))
            {
                foreach (var (user, _) in _projects.Where(other => other.Value.References.Contains(project)))
                {
                    waiting.Enqueue(user);
                }
            }
        }

        return reached;
    }

    private IEnumerable<string> Owners(string file)
    {
        var home = _projects.Keys.Where(project => Lies(file, _projects[project].Folder)).MaxBy(project => _projects[project].Folder.Length);
        var readers = _projects.Where(project => project.Value.Included.Any(path => Lies(file, path))).Select(project => project.Key).ToList();

        // Whoever reads everything, to look at the sources as text, says nothing about where a file belongs.
        return home is null && readers.All(reader => _projects[reader].Included.Contains("")) ? _projects.Keys : readers.Concat(home is null ? [] : [home]);
    }

    private static bool Lies(string file, string path) =>
        path.Length == 0 || file == path || (file.StartsWith(path, StringComparison.Ordinal) && file[path.Length] == Path.DirectorySeparatorChar);

    private sealed record Project(string Folder, IReadOnlySet<string> References, IReadOnlySet<string> Included)
    {
        public static Project Read(string root, string file)
        {
            var folder = Path.GetDirectoryName(file)!;
            var items = XDocument.Load(Path.Combine(root, file)).Descendants().Where(item => item.Attribute("Include") is not null).ToList();
            return new Project(folder, Paths("ProjectReference"), Paths(null));

            IReadOnlySet<string> Paths(string? kind) => items
                .Where(item => kind is null ? !NoFiles.Contains(item.Name.LocalName) : item.Name.LocalName == kind)
                .SelectMany(item => ((string)item.Attribute("Include")!).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Select(path => path.Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal))
                .Where(path => path.StartsWith("..", StringComparison.Ordinal))
                .Select(path => Resolved(root, folder, path))
                .ToHashSet(StringComparer.Ordinal);
        }

        /// <summary>A path of a project file, relative to the root; of a pattern, the folder that it searches.</summary>
        private static string Resolved(string root, string folder, string path)
        {
            var pattern = path.IndexOf('*', StringComparison.Ordinal);
            var plain = pattern < 0 ? path : path[..Math.Max(path.LastIndexOf('/', pattern), 0)];
            var relative = Path.GetRelativePath(root, Path.GetFullPath(Path.Combine(root, folder, plain)));
            return relative == "." ? "" : relative;
        }
    }
}
