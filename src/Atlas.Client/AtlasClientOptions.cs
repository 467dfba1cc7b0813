using System.ComponentModel.DataAnnotations;
using Atlas.Contracts.Playbooks;

namespace Atlas.Client;

/// <summary>How an application finds its cluster.</summary>
public sealed class AtlasClientOptions
{
    /// <summary>The default of <see cref="GatewayRefresh"/>.</summary>
    public static readonly TimeSpan DefaultGatewayRefresh = TimeSpan.FromSeconds(5);

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

    /// <summary>How old the playbooks may be that <see cref="IAtlasClient.ResolveAsync(string, CancellationToken)"/> returns.</summary>
    /// <value>The default is <see cref="PlaybookFreshness.Strict"/>.</value>
    public PlaybookFreshness Freshness { get; set; }

    /// <summary>For how long a call that failed because a silo went away is made again, with growing pauses. Only calls that may be
    /// repeated without effect are: reads, everything of a session, reviews. A change of a playbook is made again only where it is
    /// certain that the first try did not reach its silo. Zero: no call is made again.</summary>
    /// <value>The default is 20 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often the database is asked which silos there are.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00")]
    public TimeSpan GatewayRefresh { get; set; } = DefaultGatewayRefresh;
}
