using System.Net;
using System.Net.Sockets;

namespace Atlas.Testing;

/// <summary>Ports on loopback that nobody uses. They lie below those that the system gives to outgoing connections: a server that is restarted, or the
/// second silo on the next port, would find such a port taken now and then.</summary>
public static class FreePorts
{
    private const int Lowest = 12_000;
    private const int Highest = 32_000;

    /// <summary>How many ports from one that is found on belong to whoever asked, for silos that count on from it.</summary>
    private const int Run = 8;

    private static readonly HashSet<int> Given = [];

    /// <summary>So many ports, no two within eight of each other, and none that this process was given before: tests beside each other ask, too.</summary>
    public static int[] Find(int count)
    {
        var found = new List<int>();
        while (found.Count < count)
        {
            var port = Lowest + (Run * Random.Shared.Next((Highest - Lowest) / Run));
            lock (Given)
            {
                if (!Given.Contains(port) && Enumerable.Range(port, Run).All(IsFree))
                {
                    Given.Add(port);
                    found.Add(port);
                }
            }
        }

        return [.. found];
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
