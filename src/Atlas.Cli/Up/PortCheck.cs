using System.Net;
using System.Net.Sockets;
using Atlas.Cli.Output;

namespace Atlas.Cli.Up;

/// <summary>Checks whether ports are free before anything is started.</summary>
internal static class PortCheck
{
    /// <summary>Returns the ports with their options in <c>atlas up</c>.</summary>
    public static IEnumerable<(int Port, string Option)> Named(SiloPorts ports) =>
    [
        (ports.Http, "--http-port"),
        (ports.Silo, "--silo-port"),
        (ports.Gateway, "--gateway-port"),
    ];

    public static bool IsFree(int port) => Obstacle(port) is null;

    /// <summary>Returns the sentence about a port that a silo cannot listen on.</summary>
    internal static string Problem(int port, string option, SocketError obstacle) => obstacle is SocketError.AccessDenied
        ? $"You may not listen on port {port}; the system reserves low ports for privileged programs. Choose another port with {option}."
        : $"Port {port} is in use by {Owner(port)}, or choose another port with {option}.";

    private static SocketError? Obstacle(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return null;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode;
        }
        finally
        {
            listener.Stop();
        }
    }

    private static string Owner(int port) => SiloProcesses.Running()
        .Where(running => Named(running.Silo.Ports).Any(named => named.Port == port))
        .Select(running => $"{running.Silo.Name} (process {running.Process.Pid}) of another workspace. Stop it with "
            + $"`ATLAS_HOME={ShellWord.Of(running.Silo.Workspace)} atlas down`")
        .FirstOrDefault("another program. Stop that program");

    /// <exception cref="CommandFailedException">A port is taken, or two of them are the same.</exception>
    public static void Demand(SiloPorts ports)
    {
        var seen = new Dictionary<int, string>();
        foreach (var (port, option) in Named(ports))
        {
            if (!seen.TryAdd(port, option))
            {
                throw new CommandFailedException(
                    ExitCode.Usage, $"{option} and {seen[port]} are both {port}. Give each a different port.");
            }
        }

        foreach (var (port, option) in Named(ports))
        {
            if (Obstacle(port) is { } obstacle)
            {
                throw new CommandFailedException(ExitCode.CannotStart, Problem(port, option, obstacle));
            }
        }
    }
}
