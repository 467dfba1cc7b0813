using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Atlas.Hosting.Settings;
using Orleans.Hosting.Kubernetes;

namespace Atlas.Hosting.Clustering;

/// <summary>The address at which a container or pod is reached by its neighbours.</summary>
internal static class OwnAddress
{
    /// <summary>The pod's, as <c>POD_IP</c> says; null if it says nothing, which leaves it to Orleans.</summary>
    public static IPAddress? OfPod() =>
        Environment.GetEnvironmentVariable(KubernetesHostingOptions.PodIPEnvironmentVariable) is { Length: > 0 } address
            ? SettingsReader.ReadAddress(address, KubernetesHostingOptions.PodIPEnvironmentVariable)
            : null;

    /// <exception cref="AtlasSettingsException">It has none but loopback.</exception>
    public static IPAddress Find() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network is { OperationalStatus: OperationalStatus.Up, NetworkInterfaceType: not NetworkInterfaceType.Loopback })
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .FirstOrDefault(address => address.AddressFamily is AddressFamily.InterNetwork)
        ?? throw new AtlasSettingsException(
            "Atlas:Silo:Hosting is container, but this container has no address of its own. Give it a network, or set Atlas:Silo:Hosting to machine.");
}
