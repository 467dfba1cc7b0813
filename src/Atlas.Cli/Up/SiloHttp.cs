using Atlas.Cli.Database;

namespace Atlas.Cli.Up;

/// <summary>Creates the HTTP client for the silos on this machine.</summary>
internal static class SiloHttp
{
    public static HttpClient Create()
    {
        var handler = new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) };
        ClusterTls.Apply(handler);

        // A silo that does not answer on its own machine within this time is not healthy.
        return new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(5) };
    }
}
