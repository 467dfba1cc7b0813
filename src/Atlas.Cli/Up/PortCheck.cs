using System.Net;
using System.Net.Sockets;
using Atlas.Cli.Output;

namespace Atlas.Cli.Up;

/// <summary>Finds out whether ports are free before anything is started.</summary>
internal static class PortCheck
{
    /// <summary>The options of <c>atlas up</c> that say which port is which.</summary>
    public static IEnumerable<(int Port, string Option)> Named(SiloPorts ports) =>
    [
        (ports.Http, "--http-port"),
        (ports.Silo, "--silo-port"),
        (ports.Gateway, "--gateway-port"),
    ];

    public static bool IsFree(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        finally
        {
            listener.Stop();
        }
    }

    private static string Owner(int port) => SiloProcesses.Running()
        .Where(running => Named(running.Silo.Ports).Any(named => named.Port == port))
        .Select(running => $"{running.Silo.Name} (process {running.Process.Pid}) of another workspace: stop it with "
            + $"`ATLAS_HOME={ShellWord.Of(running.Silo.Workspace)} atlas down`")
        .FirstOrDefault("another program: stop that program");

    /// <exception cref="CommandFailedException">A port is taken, or two of them are the same.</exception>
    public static void Demand(SiloPorts ports)
    {
        var seen = new Dictionary<int, string>();
        foreach (var (port, option) in Named(ports))
        {
            if (!seen.TryAdd(port, option))
            {
                throw new CommandFailedException(
                    ExitCode.Usage, $"{option} and {seen[port]} are both {port}; each needs a port of its own.");
            }
        }

        foreach (var (port, option) in Named(ports))
        {
            if (!IsFree(port))
            {
                throw new CommandFailedException(
                    ExitCode.CannotStart, $"Port {port} is in use by {Owner(port)}, or choose another port with {option}.");
            }
        }
    }
}
