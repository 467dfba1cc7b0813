using System.Text.Json;
using Atlas.Contracts;
using Atlas.Database;
using Atlas.Domain.Json;

namespace Atlas.Client.Connection;

/// <summary>Finds the database an application belongs to when nobody names one.</summary>
internal static class DatabaseLocator
{
    private const string Variable = "ATLAS_DATABASE_URL";

    /// <summary>The given address, else that of the environment, else that of the nearest <c>.atlas</c> folder.</summary>
    /// <exception cref="AtlasRefusedException">No database is named, or what is named is no address.</exception>
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

    /// <summary>The database of the nearest folder <c>.atlas</c>, and the file with the secret of its silos; null if there is none.</summary>
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
            $"No database is named. Set {Variable}, pass AtlasClientOptions.DatabaseUrl, or start a cluster here with `atlas up`.");
    }

    /// <param name="ConnectionString">The database.</param>
    /// <param name="SecretFile">The file with the secret of the silos; null if they have none.</param>
    private sealed record Record(string ConnectionString = "", string? SecretFile = null);
}
