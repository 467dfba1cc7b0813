using System.Net;

namespace Atlas.Http.Access;

/// <summary>Tells a request of somebody on this machine, who needs no key, from one that only looks like that.</summary>
public static class LocalRequests
{
    private static readonly string[] OfProxies =
    [
        "Forwarded", "Via", "X-Real-IP", "X-Host", "X-ProxyUser-Ip", "Proxy-Connection", "X-Request-From", "Remote-Addr", "Wl-Proxy-Client-IP", "X-Amzn-Trace-Id",
    ];

    private static readonly string[] BeginningsOfProxies = ["X-Forwarded", "X-Original", "X-Envoy", "X-ARR-", "CF-", "Fly-"];

    /// <summary>Whether it came straight from this machine, to this machine by a name that nobody else can give it.</summary>
    /// <remarks>A proxy on this machine makes everybody look local, and a page in a browser may call its own server by a name that leads
    /// here (DNS rebinding): then the name in the request is that server's.</remarks>
    public static bool IsLocal(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
            && IsOwnName(context.Request.Host.Host)
            && !context.Request.Headers.Keys.Any(IsOfProxy);
    }

    private static bool IsOwnName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsOfProxy(string header) =>
        OfProxies.Contains(header, StringComparer.OrdinalIgnoreCase)
        || BeginningsOfProxies.Any(beginning => header.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
        || header.Contains("Client-IP", StringComparison.OrdinalIgnoreCase)
        || header.Contains("Connecting-IP", StringComparison.OrdinalIgnoreCase);
}
