namespace Atlas.Client;

/// <summary>Finds the <c>.atlas</c> folder that an application belongs to.</summary>
internal static class AtlasFolder
{
    private const string Variable = "ATLAS_HOME";
    private const string Name = ".atlas";

    /// <summary>Returns the possible locations, nearest first: only <c>ATLAS_HOME</c> if it is set; otherwise <c>.atlas</c> in the working
    /// directory and in each of its parents.</summary>
    public static IEnumerable<string> Candidates(string? from = null)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } home)
        {
            yield return home;
            yield break;
        }

        for (var current = new DirectoryInfo(from ?? Directory.GetCurrentDirectory()); current is not null; current = current.Parent)
        {
            yield return Path.Combine(current.FullName, Name);
        }
    }

    /// <summary>Returns the cache folder of playbooks: in the nearest <c>.atlas</c> folder that exists, otherwise in the user's cache
    /// folder. An application never creates <c>.atlas</c>, because in a subfolder of a workspace it would hide the workspace's
    /// own.</summary>
    public static string FindCache(string? from = null)
    {
        var folder = Candidates(from).FirstOrDefault(Directory.Exists) ?? Environment.GetEnvironmentVariable(Variable);
        return string.IsNullOrEmpty(folder) ? Path.Combine(UserCache(), "atlas", "learning") : Path.Combine(folder, "cache", "learning");
    }

    private static string UserCache()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named && Path.IsPathRooted(named))
        {
            return named;
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
            : Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), ".cache");
    }
}
