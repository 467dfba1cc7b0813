using System.Collections.Frozen;
using System.Net;

namespace Atlas.Http.Access;

/// <summary>Distinguishes a request from this machine, which needs no key, from one that only looks local.</summary>
public static class LocalRequests
{
    private static readonly FrozenSet<string> OfProxies = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Forwarded", "Via", "X-Real-IP", "X-Host", "X-ProxyUser-Ip", "Proxy-Connection", "X-Request-From", "Remote-Addr", "Wl-Proxy-Client-IP", "X-Amzn-Trace-Id");

    private static readonly string[] BeginningsOfProxies = ["X-Forwarded", "X-Original", "X-Envoy", "X-ARR-", "CF-", "Fly-"];

    // Callers repeat themselves, and parsing the name costs more than everything else here.
    private static volatile string _lastOwnName = "localhost";

    /// <summary>Returns whether the request came straight from this machine, and addresses it by a name that nobody else can
    /// claim.</summary>
    /// <remarks>Behind a proxy on this machine everyone looks local. And a page in a browser can call its own server by a name that
    /// resolves to this machine (DNS rebinding); then the name in the request is that server's.</remarks>
    public static bool IsLocal(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
            && IsOwnName(context.Request.Host)
            && !IsOfProxy(context.Request.Headers);
    }

    private static bool IsOwnName(HostString host)
    {
        if (host.Value == _lastOwnName)
        {
            return true;
        }

        var name = host.Host;
        var isOwn = name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        if (isOwn && host.Value is { } value)
        {
            _lastOwnName = value;
        }

        return isOwn;
    }

    private static bool IsOfProxy(IHeaderDictionary headers)
    {
        foreach (var (name, _) in headers)
        {
            if (IsOfProxy(name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfProxy(string header)
    {
        if (OfProxies.Contains(header))
        {
            return true;
        }

        foreach (var beginning in BeginningsOfProxies)
        {
            if (header.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return header.Contains("Client-IP", StringComparison.OrdinalIgnoreCase) || header.Contains("Connecting-IP", StringComparison.OrdinalIgnoreCase);
    }
}
