using System.IO.Compression;
using System.Xml.Linq;

namespace Atlas.Packages.Tests.Packing;

/// <summary>What is in a package.</summary>
/// <param name="Path">The file.</param>
/// <param name="Metadata">The <c>metadata</c> of its <c>nuspec</c>.</param>
/// <param name="Entries">Its files, with forward slashes.</param>
internal sealed record PackageFile(string Path, XElement Metadata, IReadOnlyList<string> Entries)
{
    public string Id => Value("id")!;

    /// <summary>Its own assemblies: for an application <c>lib</c>, for a tool <c>tools</c>.</summary>
    public IEnumerable<string> Libraries => Entries.Where(entry =>
        entry.StartsWith("lib/", StringComparison.Ordinal) && entry.EndsWith(".dll", StringComparison.Ordinal));

    public IEnumerable<XElement> Dependencies => Metadata.Descendants().Where(element => element.Name.LocalName == "dependency");

    public static PackageFile Read(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        var nuspec = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal));
        using var stream = nuspec.Open();
        var metadata = XElement.Load(stream).Elements().Single(element => element.Name.LocalName == "metadata");
        return new PackageFile(path, metadata, [.. archive.Entries.Select(entry => entry.FullName)]);
    }

    /// <summary>An element of the metadata; null if there is none.</summary>
    public string? Value(string name) => Metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    /// <summary>The content of one of its files.</summary>
    public static byte[] Content(string path, string entry)
    {
        using var archive = ZipFile.OpenRead(path);
        using var stream = archive.GetEntry(entry)!.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
