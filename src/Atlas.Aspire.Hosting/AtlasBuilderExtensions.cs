using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Atlas;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>Adds an Atlas cluster to an Aspire application.</summary>
public static class AtlasBuilderExtensions
{
    private const int HttpPort = 5080;
    private const int SiloPort = 11111;
    private const int GatewayPort = 30000;

    /// <summary>Adds a cluster whose silos are containers.</summary>
    /// <remarks>
    /// <para>Build the image in the Atlas.Grains repository with <c>docker build -f Containerfile -t atlas-silo .</c></para>
    /// <para>Clients reach a silo at the address of its container. A program outside containers can do so on Linux only; on other systems,
    /// run the silos as programs during development: <see cref="AddAtlas{TProject}"/>.</para>
    /// </remarks>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="image">The image.</param>
    /// <param name="tag">The tag of the image.</param>
    public static IResourceBuilder<AtlasResource> AddAtlas(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string image = "atlas-silo", string tag = "latest")
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(name, silo => Silo.Of(builder.AddContainer(silo, image, tag)
            .WithHttpEndpoint(targetPort: HttpPort, name: AtlasResource.HttpEndpointName)
            .WithEndpoint(targetPort: SiloPort, name: AtlasResource.SiloEndpointName, scheme: "tcp")
            .WithEndpoint(targetPort: GatewayPort, name: AtlasResource.GatewayEndpointName, scheme: "tcp")
            .WithHttpHealthCheck("/health", endpointName: AtlasResource.HttpEndpointName)
            .WithOtlpExporter()
            .WithEnvironment("Atlas__Silo__Hosting", "container")
            .WithEnvironment("Atlas__Http__Address", "0.0.0.0")));
    }

    /// <summary>Adds a cluster whose silos are a project of the solution that calls <c>builder.AddAtlasSilo()</c>.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <typeparam name="TProject">The project, from the namespace <c>Projects</c>.</typeparam>
    public static IResourceBuilder<AtlasResource> AddAtlas<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name)
        where TProject : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(name, silo => Program(builder, builder.AddProject<TProject>(silo, Bare)));
    }

    /// <summary>Adds a cluster whose silos are the project in this file, which calls <c>builder.AddAtlasSilo()</c>.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="projectPath">The project's file, relative to the folder of the app host project.</param>
    public static IResourceBuilder<AtlasResource> AddAtlasProject(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string projectPath)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(projectPath);
        return builder.Add(name, silo => Program(builder, builder.AddProject(silo, projectPath, Bare)));
    }

    /// <summary>Adds a cluster whose silos are a program on this machine. For development only: it is not published.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="command">The program, for example <c>dotnet</c>.</param>
    /// <param name="workingDirectory">The working directory.</param>
    /// <param name="args">The arguments, for example <c>Atlas.Silo.dll</c>.</param>
    public static IResourceBuilder<AtlasResource> AddAtlasExecutable(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string command, string workingDirectory, params string[] args)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(command);
        ArgumentNullException.ThrowIfNull(workingDirectory);
        return builder.Add(name, silo => Program(builder, builder.AddExecutable(silo, command, workingDirectory, args).WithOtlpExporter().ExcludeFromManifest()));
    }

    /// <summary>Sets the database of the cluster. The silos wait for it and update its schema.</summary>
    /// <param name="builder">The cluster.</param>
    /// <param name="database">PostgreSQL: a database, a server, or a connection string.</param>
    public static IResourceBuilder<AtlasResource> WithReference(
        this IResourceBuilder<AtlasResource> builder, IResourceBuilder<IResourceWithConnectionString> database)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(database);
        builder.Resource.Database = database.Resource;
        builder.Resource.Nodes!.Set(silo => silo.WaitFor(database));
        return builder.WithReferenceRelationship(database);
    }

    /// <summary>Sets the number of silos. Each gets its own name and ports; published, they are one resource with that many replicas.</summary>
    /// <param name="builder">The cluster.</param>
    /// <param name="replicas">The number of silos; at least 1.</param>
    public static IResourceBuilder<AtlasResource> WithReplicas(this IResourceBuilder<AtlasResource> builder, int replicas)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        var application = builder.ApplicationBuilder;
        if (application.ExecutionContext.IsPublishMode)
        {
            builder.Resource.Nodes!.Set(silo => silo.Replicate(replicas));
        }
        else
        {
            builder.Resource.Nodes!.Scale(application.Resources, builder.Resource.Name, replicas);
        }

        return builder;
    }

    /// <summary>Sets the name of the cluster. Use it if several clusters share a database.</summary>
    /// <param name="builder">The cluster.</param>
    /// <param name="clusterId">The name; not blank, and without a semicolon.</param>
    public static IResourceBuilder<AtlasResource> WithClusterId(this IResourceBuilder<AtlasResource> builder, string clusterId)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(clusterId);
        if (clusterId.Contains(';', StringComparison.Ordinal))
        {
            throw new ArgumentException("The name of a cluster has no semicolon; choose letters, digits and hyphens.", nameof(clusterId));
        }

        builder.Resource.ClusterId = clusterId;
        return builder;
    }

    /// <summary>Sets an environment variable of every silo, for example <c>Atlas__Silo__GrainStorage</c> or the key of a model.</summary>
    /// <param name="builder">The cluster.</param>
    /// <param name="name">The variable.</param>
    /// <param name="value">The value: text, a parameter, an expression, or an endpoint.</param>
    public static IResourceBuilder<AtlasResource> WithEnvironment(this IResourceBuilder<AtlasResource> builder, string name, object value)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(value);
        builder.Resource.Nodes!.Set(silo => silo.Environment(context =>
            context.EnvironmentVariables[name] = value is IResourceBuilder<ParameterResource> parameter ? parameter.Resource : value));
        return builder;
    }

    /// <summary>Sets the learning configuration of every silo.</summary>
    /// <param name="builder">The cluster.</param>
    /// <param name="path">The path of the file, as the silos see it.</param>
    public static IResourceBuilder<AtlasResource> WithConfigurationFile(this IResourceBuilder<AtlasResource> builder, string path) =>
        builder.WithEnvironment("ATLAS_CONFIG", path);

    private static IResourceBuilder<AtlasResource> Add(this IDistributedApplicationBuilder builder, string name, Func<string, Silo> add)
    {
        var cluster = new AtlasResource(name) { Nodes = new AtlasSilos(add) };
        var resource = builder.AddResource(cluster)
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "AtlasCluster", Properties = [] })
            .WithHealthCheck(ClusterHealth.Register(builder.Services, cluster))
            .OnInitializeResource(ClusterStart.RunAsync);
        cluster.Nodes.Set(silo =>
        {
            silo.Belongs(cluster);
            silo.Environment(context =>
            {
                context.EnvironmentVariables["ATLAS_DATABASE_URL"] = cluster.DemandDatabase().ConnectionStringExpression;
                context.EnvironmentVariables["Atlas__ClusterId"] = cluster.ClusterId;
            });
        });
        cluster.Nodes.Scale(builder.Resources, name, 1);
        return resource;
    }

    // Several programs on one machine each need their own ports and name. Published, the same project is a container.
    private static Silo Program<T>(IDistributedApplicationBuilder builder, IResourceBuilder<T> silo)
        where T : IResourceWithEndpoints, IResourceWithEnvironment, IResourceWithWaitSupport
    {
        silo.WithHttpEndpoint(name: AtlasResource.HttpEndpointName, env: "Atlas__Http__Port")
            .WithEndpoint(name: AtlasResource.SiloEndpointName, scheme: "tcp", env: "Atlas__Silo__Port")
            .WithEndpoint(name: AtlasResource.GatewayEndpointName, scheme: "tcp", env: "Atlas__Silo__GatewayPort")
            .WithHttpHealthCheck("/health", endpointName: AtlasResource.HttpEndpointName);
        return Silo.Of(builder.ExecutionContext.IsPublishMode
            ? silo.WithEnvironment("Atlas__Silo__Hosting", "container").WithEnvironment("Atlas__Http__Address", "0.0.0.0")
            : silo.WithEnvironment("Atlas__Silo__Name", silo.Resource.Name));
    }

    private static void Bare(ProjectResourceOptions options)
    {
        options.ExcludeLaunchProfile = true;
        options.ExcludeKestrelEndpoints = true;
    }
}
