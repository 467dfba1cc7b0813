using System.ComponentModel.DataAnnotations;
using Atlas.Client.Security;
using Atlas.Contracts.Playbooks;

namespace Atlas.Client;

/// <summary>Options for how an application finds and calls its cluster.</summary>
public sealed class AtlasClientOptions
{
    /// <summary>The default of <see cref="GatewayRefresh"/>.</summary>
    public static readonly TimeSpan DefaultGatewayRefresh = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the database in which the silos register: a URL or an Npgsql connection string.</summary>
    /// <value>The default is null: <c>ATLAS_DATABASE_URL</c>, then <c>.atlas/database.json</c> in the nearest parent folder.</value>
    public string? DatabaseUrl { get; set; }

    /// <summary>Gets or sets the gateways of the silos, each as <c>host:port</c> with the port of <c>Atlas:Silo:GatewayPort</c>. If any are
    /// set, the client does not use the database and needs neither its address nor its password. One name can resolve to several
    /// silos.</summary>
    /// <value>The default is empty: the client finds the silos in the database.</value>
    public IList<string> Gateways { get; set; } = [];

    /// <summary>Gets or sets the address of the cluster's HTTP API, such as <c>https://atlas.example:5080</c>. If it is set, the client uses
    /// HTTP only and needs no database, gateways, credential or cluster id. Over HTTP a change cannot depend on
    /// <see cref="Attribution.OnlyAtVersion"/>, and <see cref="Freshness"/> is always strict.</summary>
    /// <value>The default is null: the client connects to the silos' gateways.</value>
    public string? Address { get; set; }

    /// <summary>Gets or sets the API key for <see cref="Address"/>, as created by <c>atlas key create</c>.</summary>
    /// <value>The default is null: <c>ATLAS_API_KEY</c>; if that is not set, requests carry no key, which a silo on this machine accepts
    /// until the first key is created.</value>
    public string? ApiKey { get; set; }

    /// <summary>Gets or sets the certificate that the client presents to silos over TLS, and the authority it trusts.</summary>
    /// <value>The default is no TLS. In an application the value comes from the section <c>Atlas:Tls</c>.</value>
    public AtlasTlsOptions Tls { get; set; } = new();

    /// <summary>Gets or sets the credential that identifies this client to a cluster with a secret, as created by
    /// <c>atlas credential create</c>.</summary>
    /// <value>The default is null: <c>ATLAS_CREDENTIAL</c>; then, if the database is that of the nearest <c>.atlas</c> folder, the secret
    /// that <c>atlas up</c> created there.</value>
    public string? Credential { get; set; }

    /// <summary>Gets or sets the name of the cluster.</summary>
    /// <value>The default is <c>atlas</c>.</value>
    [Required(AllowEmptyStrings = false, ErrorMessage = "ClusterId is empty. Give the name of the cluster, for example atlas.")]
    public string ClusterId { get; set; } = "atlas";

    /// <summary>Gets or sets a value indicating whether sessions carry the hash of the environment they run in, which <c>atlas env init</c>
    /// writes to <c>.atlas/discover.json</c> in the nearest parent folder.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool LinksDiscovery { get; set; } = true;

    /// <summary>Gets or sets how long a call can take before it fails with <see cref="Contracts.AtlasUnavailableException"/>.</summary>
    /// <value>The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long <see cref="AtlasClient.ConnectAsync"/> looks for a silo.</summary>
    /// <remarks>If no silo is registered, it fails immediately.</remarks>
    /// <value>The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how old a playbook returned by <see cref="IAtlasClient.ResolveAsync(string, CancellationToken)"/> can be.</summary>
    /// <value>The default is <see cref="PlaybookFreshness.Strict"/>.</value>
    public PlaybookFreshness Freshness { get; set; }

    /// <summary>Gets or sets how long a call that failed because a silo went away is retried, with growing delays. Only idempotent calls are
    /// retried: reads, session calls and reviews. A change of a playbook is retried only if the first attempt certainly did not reach its
    /// silo. Zero disables retries.</summary>
    /// <value>The default is 20 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Gets or sets how long calls fail immediately, without an attempt, after two recent calls got no answer within
    /// <see cref="RetryFor"/> or found nothing to connect to. With zero, every call is attempted for its full time.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan PauseAfterOutage { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets a value indicating whether the last known playbook of each key is kept on disk for use while the cluster is
    /// unreachable.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool CacheOnDisk { get; set; } = true;

    /// <summary>Gets or sets the folder of that cache. Each cluster has its own subfolder.</summary>
    /// <value>The default is null: <c>cache/learning</c> in the nearest <c>.atlas</c> folder; without one, <c>atlas/learning</c> in the
    /// user's cache folder.</value>
    public string? CacheDirectory { get; set; }

    /// <summary>Gets or sets how often the client reads the list of silos from the database.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00")]
    public TimeSpan GatewayRefresh { get; set; } = DefaultGatewayRefresh;

    /// <summary>Gets or sets the name of the connection string that supplies the database and cluster of an application's client if its
    /// settings name no database.</summary>
    /// <value>The default is null: <c>atlas</c>, or the service key of a keyed client.</value>
    public string? ConnectionName { get; set; }

    /// <summary>Gets or sets a value indicating whether this client is left out of the application's health checks.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Gets or sets a value indicating whether this client is left out of the application's traces.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool DisableTracing { get; set; }

    /// <summary>Gets or sets a value indicating whether this client is left out of the application's metrics.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool DisableMetrics { get; set; }
}
