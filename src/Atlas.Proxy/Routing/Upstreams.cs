using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using Atlas.Configuration.Proxying;
using Atlas.Learning.Options;
using Yarp.ReverseProxy.Forwarder;

namespace Atlas.Proxy.Routing;

/// <summary>A service behind the proxy.</summary>
/// <param name="Name">Its name in the address.</param>
/// <param name="BaseUrl">Its address, without a slash at the end.</param>
/// <param name="Protocol">How it takes its key.</param>
/// <param name="Key">A key of the silo's own; null to pass the caller's through.</param>
/// <param name="Forwarding">How long it may be silent.</param>
/// <param name="Prices">What its tokens cost, by model.</param>
internal sealed record Upstream(
    string Name, string BaseUrl, UpstreamProtocol Protocol, string? Key, ForwarderRequestConfig Forwarding, ImmutableSortedDictionary<string, TokenPrice> Prices)
{
    private const string Version = "/v1";

    /// <summary>The whole address of a call.</summary>
    public Uri AddressOf(ProxyRoute route)
    {
        // Clients put a version into their base address, and so do people into the configuration.
        var path = BaseUrl.EndsWith(Version, StringComparison.Ordinal) && (route.Path == "v1" || route.Path.StartsWith("v1/", StringComparison.Ordinal))
            ? route.Path[2..].TrimStart('/')
            : route.Path;
        return new Uri(
            path.Length == 0 ? BaseUrl + route.Query : $"{BaseUrl}/{path}{route.Query}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    public decimal PriceOf(string? model, long input, long output) =>
        model is not null && Prices.TryGetValue(model, out var price) ? price.Of(input, output) : 0;
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
                $"proxy.upstreams has a service that is named '{name}'. Its name stands in addresses: letters, digits and '-', '_', '.', and not '{ProxyRoute.KeyMark}' alone.");
        }

        var key = options.ApiKeyEnv is { } variable
            ? Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
                ? value
                : throw new InvalidOperationException($"proxy.upstreams.{name}.api_key_env names {variable}, which is not set. Set it, or leave the key out to pass that of callers through.")
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
