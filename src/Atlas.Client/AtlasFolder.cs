namespace Atlas.Client;

/// <summary>Finds the folder <c>.atlas</c> an application belongs to.</summary>
internal static class AtlasFolder
{
    private const string Variable = "ATLAS_HOME";
    private const string Name = ".atlas";

    /// <summary>Where it could be, nearest first: the folder of <c>ATLAS_HOME</c> alone if it is set, else <c>.atlas</c> in the
    /// working directory and in each folder above it.</summary>
    public static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } home)
        {
            yield return home;
            yield break;
        }

        for (var current = new DirectoryInfo(Directory.GetCurrentDirectory()); current is not null; current = current.Parent)
        {
            yield return Path.Combine(current.FullName, Name);
        }
    }

    /// <summary>The nearest one that exists; else the one that would be nearest.</summary>
    public static string Find()
    {
        var candidates = Candidates().ToArray();
        return candidates.FirstOrDefault(Directory.Exists) ?? candidates[0];
    }
}
