using System.ComponentModel.DataAnnotations;
using Atlas.Client.Security;
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

    /// <summary>Where silos take clients, <c>host:port</c> each, the port being <c>Atlas:Silo:GatewayPort</c>. With it the client asks no
    /// database, and needs neither its address nor its password. A name may stand for several silos.</summary>
    /// <value>The default is empty: the silos are found in the database.</value>
    public IList<string> Gateways { get; set; } = [];

    /// <summary>The address of the cluster's HTTP API, <c>https://atlas.example:5080</c>. With it the client speaks HTTP and nothing else: it needs
    /// neither database nor gateways, no credential and no cluster id. Experiments and trials of single entries are not to be had that way, and
    /// <see cref="Freshness"/> is always strict.</summary>
    /// <value>The default is null: the client goes to the gateways of silos.</value>
    public string? Address { get; set; }

    /// <summary>The API key for <see cref="Address"/>: what <c>atlas key create</c> made.</summary>
    /// <value>The default is null: <c>ATLAS_API_KEY</c>; without any, a silo on this machine that needs none.</value>
    public string? ApiKey { get; set; }

    /// <summary>The certificate that the client shows to silos with TLS, and whom it trusts.</summary>
    /// <value>The default is no TLS; an application takes it from the section <c>Atlas:Tls</c>.</value>
    public AtlasTlsOptions Tls { get; set; } = new();

    /// <summary>Who this client is to a cluster that has a secret: what <c>atlas credential create</c> made.</summary>
    /// <value>The default is null: <c>ATLAS_CREDENTIAL</c>; else, where the database is that of the nearest folder <c>.atlas</c>, the secret that
    /// <c>atlas up</c> made there.</value>
    public string? Credential { get; set; }

    /// <summary>Name of the cluster.</summary>
    /// <value>The default is <c>atlas</c>.</value>
    [Required(AllowEmptyStrings = false, ErrorMessage = "ClusterId is empty. Give the name of the cluster, for example atlas.")]
    public string ClusterId { get; set; } = "atlas";

    /// <summary>Whether sessions carry the hash of the environment they run in: what <c>atlas env init</c> wrote into
    /// <c>.atlas/discover.json</c> of the nearest parent folder.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool LinksDiscovery { get; set; } = true;

    /// <summary>How long a call may take before it fails with <see cref="Contracts.AtlasUnavailableException"/>.</summary>
    /// <value>The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long <see cref="AtlasClient.ConnectAsync"/> looks for a silo.</summary>
    /// <remarks>Where no silo has announced itself it fails at once.</remarks>
    /// <value>The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
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

    /// <summary>For how long a call fails at once, without a try, after two calls of late got no answer for all of
    /// <see cref="RetryFor"/> or found nothing to connect to. Zero: each is tried for its full time.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan PauseAfterOutage { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the last known playbook of each key is kept on disk for when the cluster cannot be reached.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool CacheOnDisk { get; set; } = true;

    /// <summary>The folder of that cache; each cluster has one of its own below.</summary>
    /// <value>The default is null: <c>cache/learning</c> in the nearest folder <c>.atlas</c>; where there is none,
    /// <c>atlas/learning</c> in the user's folder for caches.</value>
    public string? CacheDirectory { get; set; }

    /// <summary>How often the database is asked which silos there are.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00")]
    public TimeSpan GatewayRefresh { get; set; } = DefaultGatewayRefresh;

    /// <summary>The name of the connection string that an application's client takes database and cluster from, where its settings name
    /// no database.</summary>
    /// <value>The default is null: <c>atlas</c>, and for a keyed client its key.</value>
    public string? ConnectionName { get; set; }

    /// <summary>Whether an application's health checks leave this client out.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether an application's traces leave this client out.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool DisableTracing { get; set; }

    /// <summary>Whether an application's metrics leave this client out.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool DisableMetrics { get; set; }
}
