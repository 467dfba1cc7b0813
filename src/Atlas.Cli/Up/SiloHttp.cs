using Atlas.Cli.Database;

namespace Atlas.Cli.Up;

/// <summary>The HTTP client for the silos of this machine.</summary>
internal static class SiloHttp
{
    public static HttpClient Create()
    {
        var handler = new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) };
        ClusterTls.Apply(handler);

        // A silo that does not answer its own machine in this time is not well.
        return new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(5) };
    }
}
