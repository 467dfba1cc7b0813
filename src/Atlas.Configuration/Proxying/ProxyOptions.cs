using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Atlas.Configuration.Proxying;

/// <summary>The block <c>proxy</c>: the learning proxy of a silo.</summary>
public sealed record ProxyOptions
{
    /// <summary>Services that are available at <c>/proxy/NAME</c>. <c>openai</c> and <c>anthropic</c> are built in.</summary>
    /// <value>The default is none beside those two.</value>
    public ImmutableSortedDictionary<string, UpstreamOptions> Upstreams { get; init; } =
        ImmutableSortedDictionary.Create<string, UpstreamOptions>(StringComparer.Ordinal);

    /// <summary>Who is asked for a session's reward when the proxy ends the session.</summary>
    /// <value>The default is none: the silo's judges are asked, if it has any.</value>
    public OutcomeOptions? Outcome { get; init; }

    /// <summary>What happens to a call that names no session.</summary>
    /// <value>The default is <c>call</c>.</value>
    public UnknownSession UnknownSession { get; init; } = UnknownSession.Call;

    /// <summary>Whether a call that names no session continues the one whose messages it repeats.</summary>
    public bool PrefixChain { get; init; }

    /// <summary>Whether cache markers are set for vendors that need them, where the playbook comes after the client's own prompt.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool CacheMarkers { get; init; } = true;

    /// <summary>How many seconds the cluster and the database may delay a call before it continues without them. While they are
    /// unavailable, no further call waits.</summary>
    /// <value>The default is 1.0.</value>
    [Range(0.01d, 60d)]
    public double PatienceSeconds { get; init; } = 1.0;

    /// <summary>Maximum number of bytes, over all sessions, that are kept in memory while the cluster or the database is unavailable, to be
    /// recorded once it is back; 0 keeps none.</summary>
    /// <value>The default is 67108864.</value>
    [Range(0, 1 << 30)]
    public int OutageMemoryBytes { get; init; } = 64 << 20;

    /// <summary>Seconds without a call after which a session whose last answer was final ends as succeeded.</summary>
    /// <value>The default is 900.0.</value>
    [Range(1d, 604_800d)]
    public double SessionIdleSeconds { get; init; } = 900.0;

    /// <summary>Seconds without a call after which any other session is closed as failed; 0 means never.</summary>
    /// <value>The default is 86400.</value>
    [Range(0, 604_800)]
    public int SessionLeaseSeconds { get; init; } = 86_400;

    /// <summary>Maximum size of a request body that the proxy reads, in bytes. A larger body with a declared length passes through
    /// unread.</summary>
    /// <value>The default is 67108864.</value>
    [Range(1024, 1 << 30)]
    public int MaxBodyBytes { get; init; } = 64 << 20;

    /// <summary>Maximum number of bytes of one answer that are buffered for reading, or kept of an answer that is not a stream.</summary>
    /// <value>The default is 8388608.</value>
    [Range(1024, 1 << 30)]
    public int MaxAnswerBytes { get; init; } = 8 << 20;
}
