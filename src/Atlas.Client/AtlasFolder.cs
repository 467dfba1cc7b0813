namespace Atlas.Client;

/// <summary>Finds the folder <c>.atlas</c> an application belongs to.</summary>
internal static class AtlasFolder
{
    private const string Variable = "ATLAS_HOME";
    private const string Name = ".atlas";

    /// <summary>Where it could be, nearest first: the folder of <c>ATLAS_HOME</c> alone if it is set, else <c>.atlas</c> in the
    /// working directory and in each folder above it.</summary>
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

    /// <summary>Where playbooks are kept: in the nearest one that exists, else in the user's folder for caches. An application
    /// makes no <c>.atlas</c>: in a folder below a workspace it would hide that.</summary>
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
