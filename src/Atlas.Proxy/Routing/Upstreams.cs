using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using Atlas.Configuration.Proxying;
using Atlas.Learning.Options;
using Yarp.ReverseProxy.Forwarder;

namespace Atlas.Proxy.Routing;

/// <summary>A service behind the proxy.</summary>
/// <param name="Name">Its name in the address.</param>
/// <param name="BaseUrl">Its address, without a trailing slash.</param>
/// <param name="Protocol">The protocol, which determines how it takes its key.</param>
/// <param name="Key">The silo's own key; null to pass the caller's through.</param>
/// <param name="Forwarding">The timeout for its silence.</param>
/// <param name="Prices">The prices of its tokens, by model.</param>
internal sealed record Upstream(
    string Name, string BaseUrl, UpstreamProtocol Protocol, string? Key, ForwarderRequestConfig Forwarding, ImmutableSortedDictionary<string, TokenPrice> Prices)
{
    private const string Version = "/v1";

    /// <summary>Returns the full address of a call.</summary>
    public Uri AddressOf(ProxyRoute route)
    {
        // Clients include a version in their base address, and so do people in the configuration.
        var path = BaseUrl.EndsWith(Version, StringComparison.Ordinal) && (route.Path == "v1" || route.Path.StartsWith("v1/", StringComparison.Ordinal))
            ? route.Path[2..].TrimStart('/')
            : route.Path;
        return new Uri(
            path.Length == 0 ? BaseUrl + route.Query : $"{BaseUrl}/{path}{route.Query}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    /// <summary>Returns the token price of a model; null if it is not known.</summary>
    public TokenPrice? PriceOf(string? model) => model is null ? null : Prices.GetValueOrDefault(model);
}

/// <summary>The services behind the proxy, by name.</summary>
internal sealed class Upstreams
{
    private static readonly FrozenDictionary<string, UpstreamOptions> BuiltIn = new Dictionary<string, UpstreamOptions>
    {
        ["openai"] = new() { BaseUrl = "https://api.openai.com" },
        ["anthropic"] = new() { BaseUrl = "https://api.anthropic.com" },
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, Upstream> _all;

    public Upstreams(ProxyOptions options) => _all = BuiltIn.Where(known => !options.Upstreams.ContainsKey(known.Key))
        .Concat(options.Upstreams)
        .Select(named => Make(named.Key, named.Value))
        .ToFrozenDictionary(upstream => upstream.Name, StringComparer.Ordinal);

    public Upstream? Find(string name) => _all.GetValueOrDefault(name);

    public string Names => string.Join(", ", _all.Keys.Order(StringComparer.Ordinal));

    private static Upstream Make(string name, UpstreamOptions options)
    {
        if (name == ProxyRoute.KeyMark || name.Length is 0 or > 64 || name.Any(sign => !(char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '.')))
        {
            throw new InvalidOperationException(
                $"proxy.upstreams has a service named '{name}'. The name is part of addresses: use letters, digits, '-', '_' and '.', and not just '{ProxyRoute.KeyMark}'.");
        }

        var key = options.ApiKeyEnv is { } variable
            ? Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
                ? value
                : throw new InvalidOperationException($"proxy.upstreams.{name}.api_key_env names {variable}, which is not set. Set it, or leave api_key_env out to forward the callers' keys.")
            : null;
        return new Upstream(
            name,
            options.BaseUrl.TrimEnd('/'),
            options.Protocol ?? (name == "anthropic" ? UpstreamProtocol.Anthropic : UpstreamProtocol.OpenAI),
            key,
            new ForwarderRequestConfig
            {
                ActivityTimeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            },
            options.Prices);
    }
}
