using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Up;

/// <summary>The silos that run on this machine, from the list of processes.</summary>
internal static class SiloProcesses
{
    private const string Program = "Atlas.Silo.dll";

    /// <summary>Returns all of them, of any workspace.</summary>
    public static IEnumerable<(ProcessIdentity Process, SiloArguments Silo)> Running() =>
        (OperatingSystem.IsLinux() ? OfKernel() : OfPs()).SelectMany<(int Pid, string[] Arguments), (ProcessIdentity, SiloArguments)>(process =>
            SiloArguments.Read(process.Arguments) is { } silo && ProcessIdentity.Of(process.Pid) is { } identity ? [(identity, silo)] : []);

    private static IEnumerable<(int Pid, string[] Arguments)> OfKernel()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && CommandLineOf(folder) is [_, var program, ..] arguments
                && program.EndsWith(Program, StringComparison.Ordinal))
            {
                yield return (pid, arguments);
            }
        }
    }

    private static string[]? CommandLineOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It has ended in the meantime, or is not one of ours.
            return null;
        }
    }

    // On other systems arguments are only available as one line; ours all begin with two hyphens.
    private static IEnumerable<(int Pid, string[] Arguments)> OfPs()
    {
        foreach (var line in Ps().Split('\n'))
        {
            var fields = line.TrimStart().Split(' ', 2);
            if (fields.Length == 2
                && fields[1].Split(" --") is [var program, .. var arguments]
                && program.TrimEnd().EndsWith(Program, StringComparison.Ordinal)
                && int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
            {
                yield return (pid, [.. arguments.Select(argument => "--" + argument.TrimEnd())]);
            }
        }
    }

    private static string Ps()
    {
        try
        {
            using var ps = Process.Start(new ProcessStartInfo("ps", ["-axww", "-o", "pid=,args="]) { RedirectStandardOutput = true })!;
            var lines = ps.StandardOutput.ReadToEnd();
            ps.WaitForExit();
            return lines;
        }
        catch (Win32Exception)
        {
            return "";
        }
    }
}
