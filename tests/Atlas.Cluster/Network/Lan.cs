using System.Collections.Concurrent;
using System.Globalization;
using Xunit;

namespace Atlas.Cluster.Network;

/// <summary>Hosts in network namespaces of their own, and this process as the client among them; every packet between two of them passes through here, where it can
/// be held up, lost, overtaken by another, or kept back in one direction or in both.</summary>
/// <remarks>The wires end in this process (TUN devices) and not in the kernel's <c>netem</c> and <c>nftables</c>, which many kernels come without. Needs root.</remarks>
internal sealed class Lan : IDisposable
{
    /// <summary>This process.</summary>
    public const string Client = "client";

    public const string Database = "database";

    private const int LongestPacket = 65_536;
    private const int SourceAt = 15;
    private const int DestinationAt = 19;

    private static int _made;

    private readonly List<LanHost> _hosts = [];
    private readonly ConcurrentDictionary<(int From, int To), Way> _ways = new();
    private readonly Random _random;
    private readonly byte _second;
    private readonly string _prefix;

    private Lan(int seed)
    {
        _random = new Random(seed);
        _second = (byte)Random.Shared.Next(64, 250);
        _prefix = string.Create(CultureInfo.InvariantCulture, $"at{Environment.ProcessId % 100_000}n{Interlocked.Increment(ref _made) % 10}");
    }

    /// <summary>Makes it; skips the test where that is not permitted.</summary>
    public static Lan Make(int seed, params ReadOnlySpan<string> hosts)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Network faults need network namespaces and TUN devices, and those need root.");
        }

        var lan = new Lan(seed);
        try
        {
            lan.Add(Client);
            foreach (var host in hosts)
            {
                lan.Add(host);
            }
        }
        catch (IOException failure)
        {
            lan.Dispose();
            Assert.Skip($"No network namespaces with TUN devices can be made here: {failure.Message}");
        }

        foreach (var host in lan._hosts)
        {
            new Thread(() => lan.Carry(host)) { IsBackground = true, Name = $"wire of {host.Name}" }.Start();
        }

        return lan;
    }

    public LanHost this[string name] => _hosts.Single(host => host.Name == name);

    public IReadOnlyList<LanHost> Hosts => _hosts;

    /// <summary>Says how packets travel from one host to another.</summary>
    public void OneWay(string from, string to, Way way) => _ways[(this[from].Number, this[to].Number)] = way;

    /// <summary>The same in both directions.</summary>
    public void BothWays(string one, string other, Way way)
    {
        OneWay(one, other, way);
        OneWay(other, one, way);
    }

    /// <summary>Says how packets travel between all hosts.</summary>
    public void Everywhere(Way way)
    {
        foreach (var from in _hosts)
        {
            foreach (var to in _hosts)
            {
                _ways[(from.Number, to.Number)] = way;
            }
        }
    }

    public void Heal() => _ways.Clear();

    public void Dispose()
    {
        foreach (var host in _hosts)
        {
            // The devices go with the namespaces, and the threads that read them with the devices.
            if (host.Namespace is { } space)
            {
                IpCommand.TryRun($"netns delete {space}");
            }
            else
            {
                IpCommand.TryRun($"link delete {host.Device}");
            }

            host.Wire.Dispose();
        }
    }

    private void Add(string name)
    {
        var number = _hosts.Count + 1;
        var device = string.Create(CultureInfo.InvariantCulture, $"{_prefix}{number}");
        var space = name == Client ? null : $"{_prefix}-{name}";
        var address = string.Create(CultureInfo.InvariantCulture, $"10.{_second}.0.{number}");
        var within = "";
        var wire = TunDevice.Make(device);
        _hosts.Add(new LanHost(name, number, address, space, device, wire));
        if (space is not null)
        {
            IpCommand.Run($"netns add {space}");
            IpCommand.Run($"link set {device} netns {space}");
            within = $"-n {space} ";
            IpCommand.Run($"{within}link set lo up");
        }

        IpCommand.Run($"{within}address add {address}/24 dev {device}");
        IpCommand.Run($"{within}link set {device} up");
    }

    private void Carry(LanHost from)
    {
        var packet = new byte[LongestPacket];
        while (from.Wire.Read(packet) is > 0 and var length)
        {
            // IPv4 only; what the hosts say of IPv6 neighbours leads nowhere.
            if (packet[0] >> 4 == 4 && packet[SourceAt] == from.Number && packet[DestinationAt] is > 0 and var to && to <= _hosts.Count)
            {
                Send(_hosts[to - 1].Wire, packet.AsSpan(0, length), _ways.GetValueOrDefault((from.Number, to), Way.Clear));
            }
        }
    }

    private void Send(TunDevice to, ReadOnlySpan<byte> packet, Way way)
    {
        if (way.Cut || (way.Loss > 0 && Next() < way.Loss))
        {
            return;
        }

        var delay = way.Delay + (way.Jitter > TimeSpan.Zero ? way.Jitter * Next() : TimeSpan.Zero);
        if (delay <= TimeSpan.Zero)
        {
            to.Write(packet);
            return;
        }

        var late = packet.ToArray();
        _ = DeliverAsync();

        async Task DeliverAsync()
        {
            // No wait for anything: this is how long the packet is on its way.
            await Task.Delay(delay).ConfigureAwait(false);
            to.Write(late);
        }
    }

    private double Next()
    {
        lock (_random)
        {
            return _random.NextDouble();
        }
    }
}
