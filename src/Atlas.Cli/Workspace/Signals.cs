using System.Runtime.InteropServices;

namespace Atlas.Cli.Workspace;

/// <summary>Asks another process to end.</summary>
internal static partial class Signals
{
    private const int Kill = 9;
    private const int Terminate = 15;

    /// <summary>Sends SIGTERM: end cleanly.</summary>
    public static void RequestEnd(ProcessIdentity process) => Send(process, Terminate);

    /// <summary>Sends SIGKILL: end now.</summary>
    public static void ForceEnd(ProcessIdentity process) => Send(process, Kill);

    private static void Send(ProcessIdentity process, int signal)
    {
        // The identity is checked right before, so that a reused process id is never hit.
        if (process.IsAlive && SendSignal(process.Pid, signal) != 0 && process.IsAlive)
        {
            throw new CommandFailedException(
                ExitCode.Failed,
                $"Process {process.Pid} belongs to another user and cannot be signalled. Stop it as that user.");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int pid, int signal);
}
