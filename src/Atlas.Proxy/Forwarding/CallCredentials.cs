using System.Text;
using Atlas.Configuration.Proxying;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Proxy.Routing;

namespace Atlas.Proxy.Forwarding;

/// <summary>Separates the keys of a call: the one for Atlas, and the one that goes on to the upstream. No header with an Atlas key is
/// forwarded, and neither are the cookies of the console.</summary>
internal sealed class CallCredentials
{
    public const string Header = "x-atlas-api-key";
    public const string KeyHeader = "x-api-key";
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic";
    private const string Cookies = "Cookie";
    private static readonly string[] ConsoleCookies = ["atlas_console", "atlas_form"];

    private readonly Gatekeeper _gate;
    private readonly bool _sendsOwn;

    private CallCredentials(Gatekeeper gate, string? atlas, bool sendsOwn) => (_gate, Atlas, _sendsOwn) = (gate, atlas, sendsOwn);

    /// <summary>Gets the key for Atlas; null for none.</summary>
    public string? Atlas { get; }

    /// <summary>Finds the keys of a request.</summary>
    /// <exception cref="ProblemException">The query has an Atlas key. It is forwarded as it came, and servers write it to logs.</exception>
    public static CallCredentials Of(HttpRequest request, ProxyRoute route, Gatekeeper gate)
    {
        if (route.Query.Length > 1 && route.Query[1..].Split('&', ';', '=').Any(part => IsOurs(gate, Uri.UnescapeDataString(part.Replace('+', ' ')))))
        {
            throw Problem.InvalidRequest.With($"The address contains an Atlas API key, which would reach the upstream and logs. Send it as the header '{Header}', and replace the key if it was sent like this elsewhere.");
        }

        var own = request.Headers[Header].ToString();
        var authorization = request.Headers.Authorization.ToString();
        var bearer = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
        var key = request.Headers[KeyHeader].ToString();
        var (bearerIsOurs, keyIsOurs) = (bearer is not null && gate.IsOurs(bearer), key.Length > 0 && gate.IsOurs(key));
        return new CallCredentials(
            gate,
            own.Length > 0 ? own : bearerIsOurs ? bearer : keyIsOurs ? key : null,
            (authorization.Length > 0 && !IsOurs(gate, authorization)) || (key.Length > 0 && !IsOurs(gate, key)));
    }

    /// <summary>Replaces the Atlas key with the upstream's; a key of the caller's own takes precedence.</summary>
    public void Write(HttpRequestMessage request, Upstream upstream)
    {
        WriteCookies(request);
        foreach (var name in request.Headers.NonValidated.Where(header => !header.Key.Equals(Cookies, StringComparison.OrdinalIgnoreCase) && header.Value.Any(value => IsOurs(_gate, value))).Select(header => header.Key).ToList())
        {
            request.Headers.Remove(name);
        }

        if (upstream.Key is { } key && !_sendsOwn)
        {
            _ = upstream.Protocol is UpstreamProtocol.Anthropic
                ? request.Headers.TryAddWithoutValidation(KeyHeader, key)
                : request.Headers.TryAddWithoutValidation("Authorization", Bearer + key);
        }
    }

    private void WriteCookies(HttpRequestMessage request)
    {
        if (!request.Headers.NonValidated.TryGetValues(Cookies, out var sent))
        {
            return;
        }

        var cookies = sent.SelectMany(value => value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        var kept = cookies.Where(cookie => cookie.Split('=', 2) is var pair && !ConsoleCookies.Contains(pair[0].Trim(), StringComparer.Ordinal) && !_gate.IsOurs(pair[^1].Trim('"', ' '))).ToList();
        if (kept.Count < cookies.Count)
        {
            request.Headers.Remove(Cookies);
            if (kept.Count > 0)
            {
                request.Headers.TryAddWithoutValidation(Cookies, string.Join("; ", kept));
            }
        }
    }

    /// <summary>Returns whether a header's value is an Atlas key: bare, behind a scheme, or as user or password of Basic.</summary>
    private static bool IsOurs(Gatekeeper gate, string value)
    {
        var plain = value.Trim();
        if (plain.Length == 0 || gate.IsOurs(plain))
        {
            return plain.Length > 0;
        }

        var end = plain.IndexOf(' ', StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var rest = plain[end..].Trim();
        return gate.IsOurs(rest) || (plain[..end].Equals(Basic, StringComparison.OrdinalIgnoreCase) && Decoded(rest).Split(':', 2).Any(gate.IsOurs));
    }

    private static string Decoded(string basic)
    {
        var bytes = new byte[basic.Length];
        return Convert.TryFromBase64String(basic, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }
}
