using System.Text.Json;
using Atlas.Contracts;
using Atlas.Database;
using Atlas.Domain.Json;

namespace Atlas.Client.Connection;

/// <summary>Finds the database of an application that configures none.</summary>
internal static class DatabaseLocator
{
    private const string Variable = "ATLAS_DATABASE_URL";

    /// <summary>Returns the given address, else the one in the environment, else the one in the nearest <c>.atlas</c> folder.</summary>
    /// <exception cref="AtlasRefusedException">No database is named, or the given text is not an address.</exception>
    public static AtlasDatabase Find(string? given)
    {
        var address = Address(given);
        try
        {
            return AtlasDatabase.Parse(address);
        }
        catch (DatabaseAddressException wrong)
        {
            throw new AtlasRefusedException(wrong.Message);
        }
    }

    /// <summary>Returns the database of the nearest <c>.atlas</c> folder and the file with the secret of its silos; null if there is none.</summary>
    public static (AtlasDatabase Database, string? SecretFile)? Workspace()
    {
        try
        {
            return Recorded() is { } record ? (AtlasDatabase.Parse(record.ConnectionString), record.SecretFile) : null;
        }
        catch (DatabaseAddressException)
        {
            return null;
        }
    }

    private static Record? Recorded() => AtlasFolder.Candidates()
        .Select(folder => Path.Combine(folder, "database.json"))
        .Where(File.Exists)
        .Select(file => JsonSerializer.Deserialize<Record>(File.ReadAllText(file), AtlasJson.Options))
        .FirstOrDefault(record => record?.ConnectionString.Length > 0);

    private static string Address(string? given)
    {
        if (!string.IsNullOrWhiteSpace(given))
        {
            return given;
        }

        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return named;
        }

        return Recorded()?.ConnectionString ?? throw new AtlasRefusedException(
            $"No database is configured. Set {Variable}, pass AtlasClientOptions.DatabaseUrl, or start a cluster here with `atlas up`.");
    }

    /// <param name="ConnectionString">The database.</param>
    /// <param name="SecretFile">The file with the secret of the silos; null if they have none.</param>
    private sealed record Record(string ConnectionString = "", string? SecretFile = null);
}
