using System.Globalization;

namespace Atlas.Postgres;

/// <summary>The server process of a data directory, according to its <c>postmaster.pid</c>.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="Port">The port it listens on.</param>
internal sealed record Postmaster(int ProcessId, int Port)
{
    /// <summary>Returns the running server; null if there is none, also if the file names a process that has ended or is a different
    /// program.</summary>
    public static Postmaster? FindRunning(ClusterFiles files) =>
        Read(files) is { } named && IsServerOf(named.ProcessId, files) ? named : null;

    /// <summary>Removes a file whose process number now belongs to another program, or to an ended process that was not reaped: PostgreSQL
    /// itself would take both for a running server.</summary>
    public static void RemoveStaleFile(ClusterFiles files)
    {
        if (Read(files) is { } named && ProcessTable.Exists(named.ProcessId) && !IsServerOf(named.ProcessId, files)
            && !ProcessTable.AnyIn(files.Data))
        {
            File.Delete(files.PostmasterFile);
        }
    }

    private static Postmaster? Read(ClusterFiles files)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(files.PostmasterFile);
        }
        catch (IOException)
        {
            return null;
        }

        // Line 1 is the process, line 4 the port; the port is missing while the server is starting.
        return lines.Length > 0 && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            ? new Postmaster(process, lines.Length > 3 && int.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0)
            : null;
    }

    private static bool IsServerOf(int process, ClusterFiles files) =>
        ProcessTable.IsAlive(process)
        && (ProcessTable.DirectoryOf(process) is { } directory
            ? directory == ProcessTable.Resolve(files.Data)
            : ProcessTable.NameOf(process) is null or "postgres" or "postmaster");
}
