using Xunit;

namespace Atlas.Packages.Tests.Layers;

/// <summary>Which project may know which: docs/architecture.md draws the arrows, the project files have to follow.</summary>
public sealed class ArrowTests
{
    // The foundation first. A project references projects of lower layers, and of its own.
    private static readonly string[][] Layers =
    [
        ["Atlas.Domain"],
        ["Atlas.Contracts", "Atlas.Database", "Atlas.Identity"],
        ["Atlas.Learning", "Atlas.Postgres"],
        ["Atlas.Models", "Atlas.Storage", "Atlas.Configuration", "Atlas.Import", "Atlas.Reports"],
        ["Atlas.Client", "Atlas.Client.AgentFramework", "Atlas.Queries", "Atlas.Grains", "Atlas.Runtime", "Atlas.Discovery", "Atlas.OrderDesk", "Atlas.Aspire"],
        ["Atlas.Http", "Atlas.Console", "Atlas.Mcp", "Atlas.Proxy", "Atlas.Hosting", "Atlas.Aspire.Hosting"],
        ["Atlas.Cli", "Atlas.Silo"],
    ];

    public static TheoryData<string> Projects => [.. ProjectFile.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_its_own_layer_and_those_below(string name)
    {
        var own = LayerOf(name);

        Assert.All(ProjectFile.All[name].References, reference => Assert.True(
            LayerOf(reference) <= own, $"{name} references {reference}, which stands above it."));
    }

    [Fact]
    public void The_domain_brings_neither_Orleans_nor_a_database_nor_a_network()
    {
        foreach (var name in new[] { "Atlas.Learning", "Atlas.Domain" }.Where(ProjectFile.All.ContainsKey))
        {
            Assert.DoesNotContain(Bundle(name), package => package.StartsWith("Microsoft.Orleans.Server", StringComparison.Ordinal)
                || package.StartsWith("Microsoft.Orleans.Runtime", StringComparison.Ordinal) || package.StartsWith("Npgsql", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("Atlas.Client")]
    [InlineData("Atlas.Client.AgentFramework")]
    [InlineData("Atlas.Runtime")]
    public void An_application_gets_no_migrations_no_private_server_and_no_storage(string name)
    {
        Assert.DoesNotContain(
            ProjectFile.All[name].Reachable(), reached => reached is "Atlas.Storage" or "Atlas.Postgres" or "Atlas.Queries" or "Atlas.Grains");
        Assert.DoesNotContain("dbup-postgresql", Bundle(name));
    }

    [Fact]
    public void The_silo_is_made_of_the_hosting_package_alone() =>
        Assert.Equal(["Atlas.Hosting"], ProjectFile.All["Atlas.Silo"].References);

    [Theory]
    [MemberData(nameof(Projects))]
    public void Only_tests_and_benchmarks_see_internals(string name) => Assert.All(ProjectFile.All[name].Friends, friend => Assert.True(
        friend.EndsWith(".Tests", StringComparison.Ordinal) || friend is "Atlas.Benchmarks" or "Atlas.Cluster" or "Atlas.Conformance",
        $"{name} shows its internals to {friend}, which is shipped."));

    private static IEnumerable<string> Bundle(string name) =>
        ProjectFile.All[name].Reachable().Append(name).SelectMany(reached => ProjectFile.All[reached].Packages);

    private static int LayerOf(string name)
    {
        var layer = Array.FindIndex(Layers, projects => projects.Contains(name, StringComparer.Ordinal));
        Assert.True(layer >= 0, $"{name} has no place among the layers of docs/architecture.md. Give it one there and in {nameof(ArrowTests)}.");
        return layer;
    }
}
