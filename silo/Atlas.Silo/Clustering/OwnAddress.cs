using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Atlas.Silo.Settings;

namespace Atlas.Silo.Clustering;

/// <summary>The address at which a container is reached by its neighbours.</summary>
internal static class OwnAddress
{
    /// <exception cref="SettingsException">It has none but loopback.</exception>
    public static IPAddress Find() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network is { OperationalStatus: OperationalStatus.Up, NetworkInterfaceType: not NetworkInterfaceType.Loopback })
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .FirstOrDefault(address => address.AddressFamily is AddressFamily.InterNetwork)
        ?? throw new SettingsException(
            "Atlas:Silo:Hosting is container, but this container has no address of its own. Give it a network, or set Atlas:Silo:Hosting to machine.");
}
