using System.Net;
using System.Net.Sockets;

namespace Atlas.Postgres;

/// <summary>Chooses ports on 127.0.0.1.</summary>
internal static class PortChooser
{
    /// <summary>Returns the previous port if it is free, otherwise any free one.</summary>
    public static int Choose(int? remembered)
    {
        if (remembered is > 0 and <= 65535 && IsFree(remembered.Value))
        {
            return remembered.Value;
        }

        using var any = new TcpListener(IPAddress.Loopback, 0);
        any.Start();
        return ((IPEndPoint)any.LocalEndpoint).Port;
    }

    public static bool IsFree(int port)
    {
        // Not exclusive: a port with only lingering connections is free for a server, which sets the same option.
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            probe.Listen(1);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
