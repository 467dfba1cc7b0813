using System.Xml.Linq;

namespace Atlas.Packages.Tests.Layers;

/// <summary>A project of the product, as its file describes it.</summary>
internal sealed record ProjectFile(string Name, string Path, XElement Xml)
{
    /// <summary>Every project below <c>src</c>, <c>grains</c> and <c>silo</c>, by name.</summary>
    public static IReadOnlyDictionary<string, ProjectFile> All { get; } = new[] { "src", "grains", "silo" }
        .SelectMany(folder => Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
        .Select(file => new ProjectFile(System.IO.Path.GetFileNameWithoutExtension(file), file, XElement.Load(file)))
        .ToDictionary(project => project.Name, StringComparer.Ordinal);

    /// <summary>The projects that it references, for their code; one that is only built along is none of them.</summary>
    public IEnumerable<string> References => Includes("ProjectReference", element => (string?)element.Attribute("ReferenceOutputAssembly") != "false")
        .Select(reference => System.IO.Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')));

    public IEnumerable<string> Packages => Includes("PackageReference", _ => true);

    public IEnumerable<string> Friends => Includes("InternalsVisibleTo", _ => true);

    /// <summary>All that it brings along, whatever the way.</summary>
    public IEnumerable<string> Reachable()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(References);
        while (open.TryPop(out var name))
        {
            if (found.Add(name))
            {
                foreach (var further in All[name].References)
                {
                    open.Push(further);
                }
            }
        }

        return found;
    }

    private IEnumerable<string> Includes(string kind, Func<XElement, bool> counts) => Xml.Descendants(kind)
        .Where(element => element.Attribute("Include") is not null && counts(element))
        .Select(element => (string)element.Attribute("Include")!);
}
