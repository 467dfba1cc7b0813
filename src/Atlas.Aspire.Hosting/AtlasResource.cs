using Aspire.Hosting.Atlas;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An Atlas cluster: one database, and silos that find each other in it.</summary>
/// <param name="name">The name of the resource, which is also the name of its connection string.</param>
public sealed class AtlasResource(string name) : Resource(name), IResourceWithConnectionString
{
    /// <summary>The name of each silo's endpoint for pages, health and metrics.</summary>
    public const string HttpEndpointName = "http";

    /// <summary>The name of each silo's endpoint for other silos.</summary>
    public const string SiloEndpointName = "silo";

    /// <summary>The name of each silo's endpoint for cluster clients.</summary>
    public const string GatewayEndpointName = "gateway";

    internal const string DefaultClusterId = "atlas";

    /// <summary>Gets the database in which the silos register and keep what is learned; null until <c>WithReference</c> sets it.</summary>
    public IResourceWithConnectionString? Database { get; internal set; }

    /// <summary>Gets the name of the cluster within its database.</summary>
    /// <value>The default is <c>atlas</c>.</value>
    public string ClusterId { get; internal set; } = DefaultClusterId;

    /// <summary>Gets the silos in order. A published cluster has one, with a number of replicas.</summary>
    public IReadOnlyList<IResourceWithEndpoints> Silos => Nodes?.Resources ?? [];

    /// <summary>Gets the connection string for clients: that of the database, with the name of the cluster if it is not the default.</summary>
    /// <exception cref="DistributedApplicationException">No database was set.</exception>
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
