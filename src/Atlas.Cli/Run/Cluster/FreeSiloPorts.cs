using System.Net;
using System.Net.Sockets;
using Atlas.Cli.Up;

namespace Atlas.Cli.Run.Cluster;

/// <summary>Free ports on loopback, for a silo that nobody has to find by its ports.</summary>
internal static class FreeSiloPorts
{
    public static SiloPorts Find()
    {
        // All are held until all are chosen, so that they differ.
        var listeners = Enumerable.Range(0, 3).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            listeners.ForEach(listener => listener.Start());
            var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
            return new SiloPorts(ports[0], ports[1], ports[2]);
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }
}
