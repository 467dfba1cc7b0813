using System.Text.Json;
using Atlas.Contracts;

namespace Atlas.Client;

/// <summary>Finds the database an application belongs to when nobody names one.</summary>
internal static class DatabaseLocator
{
    private const string Variable = "ATLAS_DATABASE_URL";

    /// <summary>The given URL, else that of the environment, else that of the nearest <c>.atlas</c> folder.</summary>
    public static string Find(string? given)
    {
        if (!string.IsNullOrWhiteSpace(given))
        {
            return given;
        }

        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return named;
        }

        var home = Environment.GetEnvironmentVariable("ATLAS_HOME");
        var folders = home is { Length: > 0 } ? [home] : ParentsOf(Directory.GetCurrentDirectory()).Select(folder => Path.Combine(folder, ".atlas"));
        foreach (var file in folders.Select(folder => Path.Combine(folder, "database.json")).Where(File.Exists))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            if (document.RootElement.TryGetProperty("connection_string", out var value) && value.GetString() is { Length: > 0 } found)
            {
                return found;
            }
        }

        throw new AtlasRefusedException(
            $"No database is named. Set {Variable}, pass AtlasClientOptions.DatabaseUrl, or start a cluster here with `atlas up`.");
    }

    private static IEnumerable<string> ParentsOf(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            yield return current.FullName;
        }
    }
}
