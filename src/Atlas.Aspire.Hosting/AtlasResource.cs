using Aspire.Hosting.Atlas;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A cluster of Atlas: one database, and silos that find each other in it.</summary>
/// <param name="name">The name of the resource; with it an application finds its connection string.</param>
public sealed class AtlasResource(string name) : Resource(name), IResourceWithConnectionString
{
    /// <summary>The name of each silo's endpoint for pages, health and metrics.</summary>
    public const string HttpEndpointName = "http";

    /// <summary>The name of each silo's endpoint for other silos.</summary>
    public const string SiloEndpointName = "silo";

    /// <summary>The name of each silo's endpoint for clients of the cluster.</summary>
    public const string GatewayEndpointName = "gateway";

    internal const string DefaultClusterId = "atlas";

    /// <summary>The database in which the silos announce themselves and keep what is learned; null until <c>WithReference</c> names one.</summary>
    public IResourceWithConnectionString? Database { get; internal set; }

    /// <summary>The name of the cluster within its database.</summary>
    /// <value>The default is <c>atlas</c>.</value>
    public string ClusterId { get; internal set; } = DefaultClusterId;

    /// <summary>The silos, the first one first. What is published has one, with a number of replicas.</summary>
    public IReadOnlyList<IResourceWithEndpoints> Silos => Nodes?.Resources ?? [];

    /// <summary>What a client needs: the connection string of the database, and the name of the cluster where it is not the usual one.</summary>
    /// <exception cref="DistributedApplicationException">No database was named.</exception>
    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            var database = DemandDatabase();
            return ClusterId == DefaultClusterId
                ? ReferenceExpression.Create($"{database}")
                : ReferenceExpression.Create($"{database};ClusterId={ClusterId}");
        }
    }

    internal AtlasSilos? Nodes { get; set; }

    internal IResourceWithConnectionString DemandDatabase() => Database ?? throw new DistributedApplicationException(
        $"The cluster '{Name}' has no database. Name one: builder.AddAtlas(\"{Name}\").WithReference(postgres).");
}
