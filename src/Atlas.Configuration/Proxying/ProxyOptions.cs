using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Atlas.Configuration.Proxying;

/// <summary>The block <c>proxy</c>: the learning proxy of a silo.</summary>
public sealed record ProxyOptions
{
    /// <summary>Services that are reached at <c>/proxy/NAME</c>. <c>openai</c> and <c>anthropic</c> are there without being named.</summary>
    /// <value>The default is none beside those two.</value>
    public ImmutableSortedDictionary<string, UpstreamOptions> Upstreams { get; init; } =
        ImmutableSortedDictionary.Create<string, UpstreamOptions>(StringComparer.Ordinal);

    /// <summary>What becomes of a call that names no session.</summary>
    /// <value>The default is <c>call</c>.</value>
    public UnknownSession UnknownSession { get; init; } = UnknownSession.Call;

    /// <summary>Whether a call that names no session goes on with the one whose messages it repeats.</summary>
    public bool PrefixChain { get; init; }

    /// <summary>Whether cache markers are set for vendors that want them, where the playbook stands behind the client's own prompt.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool CacheMarkers { get; init; } = true;

    /// <summary>Seconds that cluster and database may hold up a call before it goes on without them. While they are away no further call
    /// waits.</summary>
    /// <value>The default is 1.0.</value>
    [Range(0.01d, 60d)]
    public double PatienceSeconds { get; init; } = 1.0;

    /// <summary>Seconds without a call after which a session whose last answer was final ends as succeeded.</summary>
    /// <value>The default is 900.0.</value>
    [Range(1d, 604_800d)]
    public double SessionIdleSeconds { get; init; } = 900.0;

    /// <summary>Seconds without a call after which any other session is closed as failed; 0 means never.</summary>
    /// <value>The default is 86400.</value>
    [Range(0, 604_800)]
    public int SessionLeaseSeconds { get; init; } = 86_400;

    /// <summary>Largest body of a request that is read, in bytes. A larger one that tells its length passes unread.</summary>
    /// <value>The default is 67108864.</value>
    [Range(1024, 1 << 30)]
    public int MaxBodyBytes { get; init; } = 64 << 20;

    /// <summary>Most bytes of one answer that wait for being read, or are kept of an answer that is no stream.</summary>
    /// <value>The default is 8388608.</value>
    [Range(1024, 1 << 30)]
    public int MaxAnswerBytes { get; init; } = 8 << 20;
}
