namespace Atlas.Client;

/// <summary>How an application finds its cluster.</summary>
public sealed class AtlasClientOptions
{
    /// <summary>The database in which the silos announce themselves: a URL or an Npgsql connection string.</summary>
    /// <value>The default is null: <c>ATLAS_DATABASE_URL</c>, else <c>.atlas/database.json</c> of the nearest parent folder.</value>
    public string? DatabaseUrl { get; set; }

    /// <summary>Name of the cluster.</summary>
    /// <value>The default is <c>atlas</c>.</value>
    public string ClusterId { get; set; } = "atlas";

    /// <summary>Whether sessions carry the hash of the environment they run in: what <c>atlas env init</c> wrote into
    /// <c>.atlas/discover.json</c> of the nearest parent folder.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool LinksDiscovery { get; set; } = true;

    /// <summary>How long a call may take before it fails with <see cref="Contracts.AtlasUnavailableException"/>.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long <see cref="AtlasClient.ConnectAsync"/> looks for a silo.</summary>
    /// <remarks>Where no silo has announced itself it fails at once.</remarks>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
