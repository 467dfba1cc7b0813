using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atlas.Aspire.Tests;

/// <summary>What <c>AddAtlas</c> puts into the model of an application.</summary>
public sealed class ModelTests
{
    [Fact]
    public void A_cluster_has_as_many_silos_as_it_was_told_last()
    {
        var builder = Builder();
        var atlas = Cluster(builder).WithReplicas(3);
        Assert.Equal(["atlas-silo-1", "atlas-silo-2", "atlas-silo-3"], Names(atlas));

        atlas.WithReplicas(2);
        Assert.Equal(["atlas-silo-1", "atlas-silo-2"], Names(atlas));
        Assert.Equal(2, builder.Resources.OfType<ContainerResource>().Count(resource => resource.Name.StartsWith("atlas-silo", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Each_silo_gets_the_database_the_cluster_and_what_is_said_of_all_whenever_that_was()
    {
        var atlas = Cluster(Builder()).WithEnvironment("Atlas__Silo__GrainStorage", "adonet").WithReplicas(2).WithClusterId("shop");

        Assert.All(await EnvironmentsAsync(atlas), environment =>
        {
            Assert.Equal("{postgres.connectionString};Database=learning", environment["ATLAS_DATABASE_URL"]);
            Assert.Equal("shop", environment["Atlas__ClusterId"]);
            Assert.Equal("adonet", environment["Atlas__Silo__GrainStorage"]);
            Assert.Equal("container", environment["Atlas__Silo__Hosting"]);
        });
    }

    [Fact]
    public async Task Silos_that_are_programs_have_each_a_name_and_ports_of_their_own()
    {
        var builder = Builder();
        var atlas = builder.AddAtlasExecutable("atlas", "dotnet", ".", "Atlas.Silo.dll").WithReference(Database(builder)).WithReplicas(2);

        var environments = await EnvironmentsAsync(atlas);
        Assert.Equal(["atlas-silo-1", "atlas-silo-2"], environments.Select(environment => environment["Atlas__Silo__Name"]));
        Assert.All(environments.Zip(atlas.Resource.Silos), each =>
        {
            Assert.Equal($"{{{each.Second.Name}.bindings.http.targetPort}}", each.First["Atlas__Http__Port"]);
            Assert.Equal($"{{{each.Second.Name}.bindings.silo.targetPort}}", each.First["Atlas__Silo__Port"]);
            Assert.Equal($"{{{each.Second.Name}.bindings.gateway.targetPort}}", each.First["Atlas__Silo__GatewayPort"]);
        });
    }

    [Fact]
    public void Silos_wait_for_the_database_and_belong_to_their_cluster()
    {
        var atlas = Cluster(Builder()).WithReplicas(2);

        Assert.All(atlas.Resource.Silos, silo =>
        {
            Assert.Contains(silo.Annotations.OfType<WaitAnnotation>(), wait => wait.Resource.Name == "learning");
            Assert.Contains(silo.Annotations.OfType<ResourceRelationshipAnnotation>(), of => of.Type == "Parent" && of.Resource == atlas.Resource);
            Assert.NotEmpty(silo.Annotations.OfType<HealthCheckAnnotation>());
        });
        Assert.NotEmpty(atlas.Resource.Annotations.OfType<HealthCheckAnnotation>());
    }

    [Fact]
    public async Task A_service_that_references_the_cluster_gets_its_connection_string()
    {
        var builder = Builder();
        var shop = builder.AddContainer("shop", "shop").WithReference(Cluster(builder));

        Assert.Equal("{atlas.connectionString}", (await EnvironmentOf(shop.Resource))["ConnectionStrings__atlas"]);
    }

    [Theory]
    [InlineData(null, "{learning.connectionString}")]
    [InlineData("shop", "{learning.connectionString};ClusterId=shop")]
    public void The_connection_string_names_database_and_cluster(string? clusterId, string expected)
    {
        var atlas = Cluster(Builder());
        if (clusterId is not null)
        {
            atlas.WithClusterId(clusterId);
        }

        Assert.Equal(expected, atlas.Resource.ConnectionStringExpression.ValueExpression);
    }

    [Fact]
    public async Task A_cluster_without_a_database_says_how_to_name_one()
    {
        var atlas = Builder().AddAtlas("atlas");

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => EnvironmentsAsync(atlas));
        Assert.Contains("WithReference", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var atlas = Cluster(Builder());

        Assert.Throws<ArgumentOutOfRangeException>(() => atlas.WithReplicas(0));
        Assert.Throws<ArgumentException>(() => atlas.WithClusterId(" "));
        Assert.Throws<ArgumentException>(() => atlas.WithClusterId("a;b"));
    }

    [Fact]
    public void Published_a_cluster_is_one_resource_with_replicas()
    {
        var builder = DistributedApplication.CreateBuilder(["--operation", "publish", "--publisher", "manifest", "--output-path", "manifest.json"]);
        var atlas = Cluster(builder).WithReplicas(3);

        Assert.Equal(["atlas-silo-1"], Names(atlas));
        Assert.Equal(3, Assert.Single(atlas.Resource.Silos[0].Annotations.OfType<ReplicaAnnotation>()).Replicas);
    }

    private static IDistributedApplicationBuilder Builder() =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true, AssemblyName = typeof(ModelTests).Assembly.FullName });

    private static IResourceBuilder<PostgresDatabaseResource> Database(IDistributedApplicationBuilder builder) =>
        builder.AddPostgres("postgres").AddDatabase("learning");

    private static IResourceBuilder<AtlasResource> Cluster(IDistributedApplicationBuilder builder) =>
        builder.AddAtlas("atlas").WithReference(Database(builder));

    private static IEnumerable<string> Names(IResourceBuilder<AtlasResource> atlas) => atlas.Resource.Silos.Select(silo => silo.Name);

    private static async Task<Dictionary<string, string>[]> EnvironmentsAsync(IResourceBuilder<AtlasResource> atlas) =>
        await Task.WhenAll(atlas.Resource.Silos.Select(silo => EnvironmentOf((IResourceWithEnvironment)silo)));

    // As the callbacks set it, with expressions as a manifest writes them.
    private static async Task<Dictionary<string, string>> EnvironmentOf(IResourceWithEnvironment resource)
    {
        var context = new EnvironmentCallbackContext(new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish), resource);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        return context.EnvironmentVariables.ToDictionary(
            variable => variable.Key,
            variable => variable.Value is IManifestExpressionProvider expression ? expression.ValueExpression : variable.Value.ToString()!,
            StringComparer.Ordinal);
    }
}
