using System.Diagnostics;
using System.Globalization;

namespace Atlas.Postgres;

/// <summary>What the system knows of a process; where there is no <c>/proc</c>, only whether it exists.</summary>
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

    /// <summary>Whether it exists and has not ended; one that ended but was not collected by its parent still exists.</summary>
    public static bool IsAlive(int process)
    {
        if (!Exists(process))
        {
            return false;
        }

        // "pid (name) state …": the name may contain anything, so the state is looked for after its last bracket.
        var line = ReadOrNull($"/proc/{Text(process)}/stat");
        return line is null || line.LastIndexOf(')') is var end && line.AsSpan(end + 1).TrimStart() is not ['Z' or 'X', ..];
    }

    /// <summary>The name of its program; null if that cannot be told.</summary>
    public static string? NameOf(int process) => ReadOrNull($"/proc/{Text(process)}/comm")?.Trim();

    /// <summary>Its working directory; null if that cannot be told. A server works in its data directory.</summary>
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

    /// <summary>Whether any process works in a directory.</summary>
    public static bool AnyIn(string directory)
    {
        var resolved = Resolve(directory);
        return Directory.Exists("/proc") && Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Any(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                         && DirectoryOf(process) == resolved);
    }

    /// <summary>The directory without symbolic links in its path.</summary>
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
