using System.Diagnostics;

namespace Atlas.Cluster.Network;

/// <summary>The program <c>ip</c> of iproute2.</summary>
internal static class IpCommand
{
    /// <exception cref="IOException">It is not there, or refuses.</exception>
    public static void Run(string line)
    {
        if (TryRun(line) is { } said)
        {
            throw new IOException($"ip {line}: {said}");
        }
    }

    /// <returns>Null if it did what it was told, and otherwise what it said.</returns>
    public static string? TryRun(string line)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ip", line) { RedirectStandardError = true })!;
            var said = process.StandardError.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : said;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return missing.Message;
        }
    }
}
