using Atlas.Configuration.Proxying;
using Atlas.Http.Access;
using Atlas.Proxy.Routing;

namespace Atlas.Proxy.Forwarding;

/// <summary>Tells the keys of a call apart: which one is for Atlas, and which one goes on to the upstream. Ours never does.</summary>
internal sealed record CallCredentials(string? Atlas, bool SendsAuthorization, bool SendsKey)
{
    public const string Header = "x-atlas-api-key";
    public const string KeyHeader = "x-api-key";
    private const string Bearer = "Bearer ";

    public static CallCredentials Of(HttpRequest request, Gatekeeper gate)
    {
        var own = request.Headers[Header].ToString();
        var authorization = request.Headers.Authorization.ToString();
        var bearer = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
        var key = request.Headers[KeyHeader].ToString();
        var (bearerIsOurs, keyIsOurs) = (bearer is not null && gate.IsOurs(bearer), key.Length > 0 && gate.IsOurs(key));
        return new CallCredentials(
            own.Length > 0 ? own : bearerIsOurs ? bearer : keyIsOurs ? key : null,
            authorization.Length > 0 && !bearerIsOurs,
            key.Length > 0 && !keyIsOurs);
    }

    /// <summary>Puts the key of the upstream in the place of ours; a key of the caller's own goes before it.</summary>
    public void Write(HttpRequestMessage request, Upstream upstream)
    {
        if (!SendsAuthorization)
        {
            request.Headers.Remove("Authorization");
        }

        if (!SendsKey)
        {
            request.Headers.Remove(KeyHeader);
        }

        if (upstream.Key is { } key && !SendsAuthorization && !SendsKey)
        {
            _ = upstream.Protocol is UpstreamProtocol.Anthropic
                ? request.Headers.TryAddWithoutValidation(KeyHeader, key)
                : request.Headers.TryAddWithoutValidation("Authorization", Bearer + key);
        }
    }
}
