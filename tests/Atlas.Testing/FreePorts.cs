using System.Net;
using System.Net.Sockets;

namespace Atlas.Testing;

/// <summary>Ports on loopback that nobody uses.</summary>
public static class FreePorts
{
    private static readonly HashSet<int> Given = [];

    /// <summary>So many ports, no two the same, and none that this process was given before: tests beside each other ask, too.</summary>
    public static int[] Find(int count)
    {
        var listeners = new List<TcpListener>();
        var found = new List<int>();
        try
        {
            while (found.Count < count)
            {
                // All are held until all are chosen, so that they differ.
                var listener = new TcpListener(IPAddress.Loopback, 0);
                listeners.Add(listener);
                listener.Start();
                var port = ((IPEndPoint)listener.LocalEndpoint).Port;
                lock (Given)
                {
                    if (Given.Add(port))
                    {
                        found.Add(port);
                    }
                }
            }

            return [.. found];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }
}
