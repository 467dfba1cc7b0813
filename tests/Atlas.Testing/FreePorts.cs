using System.Net;
using System.Net.Sockets;

namespace Atlas.Testing;

/// <summary>Ports on loopback that nobody uses.</summary>
public static class FreePorts
{
    /// <summary>So many ports, no two the same.</summary>
    public static int[] Find(int count)
    {
        // All are held until all are chosen, so that they differ.
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            listeners.ForEach(listener => listener.Start());
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }
}
