using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Atlas.Contracts;
using Orleans.Messaging;
using Orleans.Runtime;

namespace Atlas.Client.Connection;

/// <summary>Gateways from the configuration, instead of a database. Names are resolved again each time, so that one name can stand for silos
/// that come and go.</summary>
internal sealed class NamedGateways(IReadOnlyList<string> gateways, TimeSpan refresh) : IGatewayListProvider
{
    private const int DefaultPort = 30000;

    public TimeSpan MaxStaleness => refresh;

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    public async Task<IList<Uri>> GetGateways()
    {
        var found = new HashSet<Uri>();
        SocketException? failure = null;
        foreach (var (host, port) in gateways.Select(Read))
        {
            try
            {
                foreach (var address in await Dns.GetHostAddressesAsync(host).ConfigureAwait(false))
                {
                    found.Add(new IPEndPoint(address, port).ToGatewayUri());
                }
            }
            catch (SocketException unknown)
            {
                failure = unknown;
            }
        }

        // A name that cannot be resolved for a moment does not keep the client from the others.
        return found.Count > 0 || failure is null ? [.. found] : throw failure;
    }

    /// <summary>Parses the host and port of a gateway.</summary>
    /// <exception cref="AtlasRefusedException">The text is not a gateway.</exception>
    public static (string Host, int Port) Read(string text)
    {
        var gateway = text?.Trim() ?? "";
        if (IPEndPoint.TryParse(gateway, out var address))
        {
            return (address.Address.ToString(), address.Port == 0 ? DefaultPort : address.Port);
        }

        var colon = gateway.LastIndexOf(':');
        var (host, port) = colon < 0 ? (gateway, DefaultPort)
            : (gateway[..colon], int.TryParse(gateway.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0);
        return port is > 0 and <= 65535 && Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4
            ? (host, port)
            : throw new AtlasRefusedException($"'{text}' in Gateways is not a gateway. Give the host and the gateway port of a silo, for example 10.0.0.4:30000.");
    }
}
