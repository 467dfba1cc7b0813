using System.Text.Json;
using Atlas.Discovery.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Atlas.Discovery.DotNet;

/// <summary>Compiles each project of a solution in memory, only to resolve names. Nothing is emitted and nothing runs.</summary>
internal sealed class ProjectCompilations
{
    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Preview, DocumentationMode.None);

    // The implicit usings of the SDKs.
    private static readonly SyntaxTree Usings = CSharpSyntaxTree.ParseText(
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;",
        Parse);

    private readonly Dictionary<string, Lazy<CSharpCompilation>> _byProject = new(StringComparer.Ordinal);
    private readonly Dictionary<SourceFile, (string Project, SyntaxTree Tree)> _trees = [];

    public ProjectCompilations(string root, IEnumerable<SourceFile> sources)
    {
        var projects = new Dictionary<string, List<SyntaxTree>>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            var project = ProjectOf(root, source.FullPath);
            var tree = CSharpSyntaxTree.ParseText(source.Text, Parse, source.Path);
            _trees[source] = (project, tree);
            (projects.TryGetValue(project, out var trees) ? trees : projects[project] = []).Add(tree);
        }

        foreach (var (project, trees) in projects)
        {
            _byProject[project] = new Lazy<CSharpCompilation>(() => CSharpCompilation.Create(
                "discovery",
                [.. trees, Usings],
                References(project),
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)));
        }
    }

    /// <summary>Opens a file's syntax tree and its semantic model.</summary>
    public (SyntaxTree Tree, Lazy<SemanticModel> Meaning) Open(SourceFile source)
    {
        var (project, tree) = _trees[source];
        return (tree, new Lazy<SemanticModel>(() => _byProject[project].Value.GetSemanticModel(tree)));
    }

    private static string ProjectOf(string root, string file)
    {
        for (var folder = Path.GetDirectoryName(file); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.EnumerateFiles(folder, "*.csproj").Any() || folder == root)
            {
                return folder;
            }
        }

        return root;
    }

    /// <summary>Returns the packages that the project was restored with, and the assemblies that this program itself runs on.</summary>
    private static IEnumerable<MetadataReference> References(string project)
    {
        var byName = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator).Concat(Restored(project)))
        {
            if (file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && File.Exists(file))
            {
                byName[Path.GetFileName(file)] = file;
            }
        }

        return byName.Values.Select(file => MetadataReference.CreateFromFile(file));
    }

    private static IEnumerable<string> Restored(string project)
    {
        var assets = Path.Combine(project, "obj", "project.assets.json");
        if (!File.Exists(assets))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(assets));
            var folders = document.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToArray();
            return
            [
                .. from target in document.RootElement.GetProperty("targets").EnumerateObject().Take(1)
                   from package in target.Value.EnumerateObject()
                   where package.Value.TryGetProperty("compile", out _)
                   from asset in package.Value.GetProperty("compile").EnumerateObject()
                   from folder in folders
                   select Path.Combine(folder, package.Name.ToLowerInvariant(), asset.Name),
            ];
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or KeyNotFoundException or InvalidOperationException)
        {
            // Without them, names from packages remain unresolved, and syntax alone has to do.
            return [];
        }
    }
}
