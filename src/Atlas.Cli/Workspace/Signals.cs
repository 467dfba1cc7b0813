using System.Runtime.InteropServices;

namespace Atlas.Cli.Workspace;

/// <summary>Asks another process to end.</summary>
internal static partial class Signals
{
    private const int Kill = 9;
    private const int Terminate = 15;

    /// <summary>SIGTERM: end in good order.</summary>
    public static void RequestEnd(ProcessIdentity process) => Send(process, Terminate);

    /// <summary>SIGKILL: end now.</summary>
    public static void ForceEnd(ProcessIdentity process) => Send(process, Kill);

    private static void Send(ProcessIdentity process, int signal)
    {
        // The identity is checked right before, so that a recycled number is never hit.
        if (process.IsAlive && SendSignal(process.Pid, signal) != 0 && process.IsAlive)
        {
            throw new CommandFailedException(
                ExitCode.Failed,
                $"Process {process.Pid} cannot be signalled; it belongs to another user. Stop it as that user.");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int pid, int signal);
}
