using System.Globalization;

namespace Atlas.Cli.Up;

/// <summary>Assigns names and ports to silos that are about to be started.</summary>
/// <param name="basis">The ports of the first silo; those of the others are derived from them.</param>
/// <param name="known">All silos on record.</param>
internal sealed class SiloSlots(SiloPorts basis, IReadOnlyList<SiloRecord> known)
{
    private const string Prefix = "silo-";
    private const int MostPort = 65535;

    private readonly HashSet<string> _names =
        [.. known.Where(silo => silo.Process.IsAlive).Select(silo => silo.Name)];

    private readonly HashSet<int> _ports =
        [.. known.Where(silo => silo.Process.IsAlive).SelectMany(silo => PortCheck.Named(silo.Ports)).Select(port => port.Port)];

    /// <summary>Returns the next free name with ports that are free now. A dead silo is replaced in place: on the same ports, the new one
    /// immediately declares the old one dead.</summary>
    /// <exception cref="CommandFailedException">No port is left.</exception>
    public (string Name, SiloPorts Ports) Next()
    {
        for (var number = 1; ; number++)
        {
            var name = Prefix + number.ToString(CultureInfo.InvariantCulture);
            if (_names.Add(name))
            {
                var before = known.FirstOrDefault(silo => silo.Name == name)?.Ports;
                return (name, before is not null && IsFree(before) ? Take(before) : Choose(number - 1));
            }
        }
    }

    private SiloPorts Choose(int step) => new(
        FirstFree(basis.Http + step, "--http-port"),
        FirstFree(basis.Silo + step, "--silo-port"),
        FirstFree(basis.Gateway + step, "--gateway-port"));

    private SiloPorts Take(SiloPorts ports)
    {
        _ports.UnionWith(PortCheck.Named(ports).Select(port => port.Port));
        return ports;
    }

    private bool IsFree(SiloPorts ports) => PortCheck.Named(ports).All(port => !_ports.Contains(port.Port) && PortCheck.IsFree(port.Port));

    private int FirstFree(int from, string option)
    {
        for (var port = from; port <= MostPort; port++)
        {
            if (!_ports.Contains(port) && PortCheck.IsFree(port))
            {
                _ports.Add(port);
                return port;
            }
        }

        throw new CommandFailedException(
            ExitCode.CannotStart, $"No port from {from} on is free. Choose a lower one with {option}.");
    }
}
