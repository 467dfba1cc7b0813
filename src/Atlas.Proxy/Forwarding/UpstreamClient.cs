using System.Net;

namespace Atlas.Proxy.Forwarding;

/// <summary>The connections to the upstreams. Adds no headers, follows no redirects and decompresses nothing.</summary>
internal sealed class UpstreamClient : IDisposable
{
    public HttpMessageInvoker Invoker { get; } = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    });

    public void Dispose() => Invoker.Dispose();
}
