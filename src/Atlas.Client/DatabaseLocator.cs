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

        foreach (var file in AtlasFolder.Candidates().Select(folder => Path.Combine(folder, "database.json")).Where(File.Exists))
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
}
