using Atlas.Contracts.Playbooks;

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

    /// <summary>How long a call may take before it fails with <see cref="Contracts.AtlasUnavailableException"/>.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long <see cref="AtlasClient.ConnectAsync"/> looks for a silo.</summary>
    /// <remarks>Where no silo has announced itself it fails at once.</remarks>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How old the playbooks may be that <see cref="IAtlasClient.ResolveAsync(string, CancellationToken)"/> returns.</summary>
    /// <value>The default is <see cref="PlaybookFreshness.Strict"/>.</value>
    public PlaybookFreshness Freshness { get; set; }
}
