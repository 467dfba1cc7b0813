using System.Diagnostics;
using System.Globalization;

namespace Atlas.Postgres;

/// <summary>Information about processes; without <c>/proc</c>, only whether they exist.</summary>
internal static class ProcessTable
{
    public static bool Exists(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Whether a process exists and has not ended; one that ended but was not reaped still exists.</summary>
    public static bool IsAlive(int process)
    {
        if (!Exists(process))
        {
            return false;
        }

        // "pid (name) state …": the name can contain anything, so look for the state after the last bracket.
        var line = ReadOrNull($"/proc/{Text(process)}/stat");
        return line is null || line.LastIndexOf(')') is var end && line.AsSpan(end + 1).TrimStart() is not ['Z' or 'X', ..];
    }

    /// <summary>Returns the name of its program; null if it is unknown.</summary>
    public static string? NameOf(int process) => ReadOrNull($"/proc/{Text(process)}/comm")?.Trim();

    /// <summary>Returns its working directory; null if it is unknown. The working directory of a server is its data directory.</summary>
    public static string? DirectoryOf(int process)
    {
        try
        {
            return new FileInfo($"/proc/{Text(process)}/cwd").LinkTarget;
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether a directory is the working directory of any process.</summary>
    public static bool AnyIn(string directory)
    {
        var resolved = Resolve(directory);
        return Directory.Exists("/proc") && Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Any(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                         && DirectoryOf(process) == resolved);
    }

    /// <summary>Returns the directory without symbolic links in its path.</summary>
    public static string Resolve(string directory)
    {
        var resolved = Path.GetPathRoot(Path.GetFullPath(directory))!;
        foreach (var part in Path.GetFullPath(directory)[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = new DirectoryInfo(Path.Combine(resolved, part));
            resolved = next.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next.FullName;
        }

        return resolved;
    }

    private static string? ReadOrNull(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Text(int process) => process.ToString(CultureInfo.InvariantCulture);
}
