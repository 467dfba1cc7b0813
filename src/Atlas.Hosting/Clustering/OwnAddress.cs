using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Atlas.Hosting.Settings;
using Orleans.Hosting.Kubernetes;

namespace Atlas.Hosting.Clustering;

/// <summary>Finds the address at which other silos reach a container or pod.</summary>
internal static class OwnAddress
{
    /// <summary>Returns the pod's address from <c>POD_IP</c>; null if it is not set, which leaves the choice to Orleans.</summary>
    public static IPAddress? OfPod() =>
        Environment.GetEnvironmentVariable(KubernetesHostingOptions.PodIPEnvironmentVariable) is { Length: > 0 } address
            ? SettingsReader.ReadAddress(address, KubernetesHostingOptions.PodIPEnvironmentVariable)
            : null;

    /// <exception cref="AtlasSettingsException">There is no address except loopback.</exception>
    public static IPAddress Find() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network is { OperationalStatus: OperationalStatus.Up, NetworkInterfaceType: not NetworkInterfaceType.Loopback })
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .FirstOrDefault(address => address.AddressFamily is AddressFamily.InterNetwork)
        ?? throw new AtlasSettingsException(
            "Atlas:Silo:Hosting is container, but this container has no network address. Attach it to a network, or set Atlas:Silo:Hosting to machine.");
}
