namespace Atlas.Cli.Up;

/// <summary>The HTTP client for the silos of this machine.</summary>
internal static class SiloHttp
{
    public static HttpClient Create() => new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) })
    {
        // A silo that does not answer its own machine in this time is not well.
        Timeout = TimeSpan.FromSeconds(5),
    };
}
