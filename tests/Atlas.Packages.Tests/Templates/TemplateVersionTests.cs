using System.Xml.Linq;
using Xunit;

namespace Atlas.Packages.Tests.Templates;

/// <summary>What a template makes must restore: its versions are those of the packages it comes with.</summary>
public sealed class TemplateVersionTests
{
    public static TheoryData<string> Projects =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "templates"), "Atlas*.csproj", SearchOption.AllDirectories)
            .Where(file => File.Exists(Path.Combine(Path.GetDirectoryName(file)!, ".template.config", "template.json")))
            .Select(file => Path.GetRelativePath(Repository.Root, file))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_template_references_the_versions_that_the_product_is_built_with(string project)
    {
        var own = Load("Directory.Build.props").Descendants("VersionPrefix").Single().Value;
        var others = Load("Directory.Packages.props").Descendants("PackageVersion")
            .ToDictionary(version => (string)version.Attribute("Include")!, version => (string)version.Attribute("Version")!, StringComparer.Ordinal);

        Assert.All(Load(project).Descendants("PackageReference"), reference =>
        {
            var name = (string)reference.Attribute("Include")!;
            Assert.Equal(name.StartsWith("Atlas.Grains", StringComparison.Ordinal) ? own : others[name], (string?)reference.Attribute("Version"));
        });
    }

    [Fact]
    public void There_is_a_template_for_an_agent_and_one_for_a_silo() =>
        Assert.Equal(["AtlasAgent.csproj", "AtlasOwnSilo.csproj"], Projects.Select(row => Path.GetFileName(row.Data)).Order(StringComparer.Ordinal));

    private static XElement Load(string file) => XElement.Load(Path.Combine(Repository.Root, file));
}
