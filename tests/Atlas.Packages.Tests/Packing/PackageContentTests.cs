using System.Reflection.Metadata;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Atlas.Packages.Tests.Packing;

/// <summary>What somebody finds who opens one of the packages.</summary>
[Collection(PackedProduct.Name)]
public sealed class PackageContentTests(PackedProduct product)
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Fact]
    public void There_is_a_package_for_each_way_to_build_on_the_product() => Assert.Superset(
        new HashSet<string>(StringComparer.Ordinal)
        {
            "Atlas.Grains.Contracts", "Atlas.Grains.Client", "Atlas.Grains.Client.AgentFramework", "Atlas.Grains.Runtime",
            "Atlas.Grains.Hosting", "Atlas.Grains.Models", "Atlas.Grains.Aspire", "Atlas.Grains.Aspire.Hosting", "Atlas.Grains.Cli",
            "Atlas.Grains.Templates",
        },
        product.Packages.Keys.ToHashSet(StringComparer.Ordinal));

    [Fact]
    public void Each_says_what_it_is() => Assert.All(product.Packages.Values, package =>
    {
        Assert.Equal(PackedProduct.Version, package.Value("version"));
        Assert.NotEmpty(package.Value("description")!);
        Assert.Contains("agents", package.Value("tags")!.Split(' '));
        Assert.Equal("README.md", package.Value("readme"));
        Assert.StartsWith("# ", Encoding.UTF8.GetString(PackageFile.Content(package.Path, "README.md")), StringComparison.Ordinal);
    });

    [Fact]
    public void Each_brings_what_of_ours_it_needs() => Assert.All(product.Packages.Values, package => Assert.All(
        package.Dependencies.Where(dependency => ((string)dependency.Attribute("id")!).StartsWith("Atlas.", StringComparison.Ordinal)),
        dependency => Assert.Contains((string)dependency.Attribute("id")!, product.Packages.Keys)));

    [Fact]
    public void Each_library_comes_with_its_comments() => Assert.All(Libraries, library =>
        Assert.Contains(Path.ChangeExtension(library.Entry, ".xml"), library.Package.Entries));

    [Fact]
    public void Each_library_has_symbols_that_lead_to_its_source() => Assert.All(Libraries, library =>
    {
        var symbols = Path.ChangeExtension(library.Package.Path, ".snupkg");
        using var provider = MetadataReaderProvider.FromPortablePdbStream(
            new MemoryStream(PackageFile.Content(symbols, Path.ChangeExtension(library.Entry, ".pdb"))));
        var reader = provider.GetMetadataReader();
        var kinds = reader.CustomDebugInformation.Select(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind)).ToList();

        // By a link where the repository has an address, and else all of it inside.
        Assert.True(
            kinds.Contains(SourceLink) || kinds.Count(kind => kind == EmbeddedSource) == reader.Documents.Count,
            $"{library.Entry}: {kinds.Count(kind => kind == EmbeddedSource)} of {reader.Documents.Count} files are embedded, and there is no link.");
    });

    [Fact]
    public void Each_has_a_bill_of_materials_that_names_all_it_depends_on() => Assert.All(product.Packages.Values, package =>
    {
        var bom = JsonElement.Parse(Encoding.UTF8.GetString(PackageFile.Content(package.Path, "sbom/bom.cdx.json")));

        Assert.Equal(package.Id, bom.GetProperty("metadata").GetProperty("component").GetProperty("name").GetString());
        Assert.Equal("CycloneDX", bom.GetProperty("bomFormat").GetString());
        Assert.Equal(PackedProduct.Version, bom.GetProperty("metadata").GetProperty("component").GetProperty("version").GetString());
        var components = bom.TryGetProperty("components", out var listed) ? listed.EnumerateArray().ToList() : [];
        var names = components.Select(component => component.GetProperty("name").GetString()!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.All(
            package.Dependencies.Select(dependency => (string)dependency.Attribute("id")!),
            id => Assert.Contains(id, names));
        Assert.All(components, component => Assert.NotEmpty(component.GetProperty("version").GetString()!));
    });

    [Fact]
    public void The_tool_also_says_what_its_silo_is_made_of()
    {
        var bom = Encoding.UTF8.GetString(PackageFile.Content(product.Packages["Atlas.Grains.Cli"].Path, "sbom/silo.cdx.json"));

        Assert.Contains("\"Microsoft.Orleans.Server\"", bom, StringComparison.Ordinal);
        Assert.Contains("\"Npgsql\"", bom, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tool_is_a_tool_and_brings_its_silo()
    {
        var tool = product.Packages["Atlas.Grains.Cli"];

        Assert.Contains(tool.Metadata.Descendants(), element =>
            element.Name.LocalName == "packageType" && (string?)element.Attribute("name") == "DotnetTool");
        Assert.Contains("tools/net10.0/any/silo/Atlas.Silo.dll", tool.Entries);
    }

    private IEnumerable<(PackageFile Package, string Entry)> Libraries =>
        product.Packages.Values.SelectMany(package => package.Libraries.Select(entry => (package, entry)));
}
