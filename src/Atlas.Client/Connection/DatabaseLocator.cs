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
    /// <param name="given">The address; null or blank for none.</param>
    /// <param name="from">The folder in or above which <c>.atlas</c> is looked for; null for the working directory.</param>
    /// <exception cref="AtlasRefusedException">No database is named, the given text is not an address, or the file in the <c>.atlas</c>
    /// folder cannot be read.</exception>
    public static AtlasDatabase Find(string? given, string? from = null)
    {
        var address = Address(given, from);
        try
        {
            return AtlasDatabase.Parse(address);
        }
        catch (DatabaseAddressException wrong)
        {
            throw new AtlasRefusedException(wrong.Message);
        }
    }

    /// <summary>Returns the database of the nearest <c>.atlas</c> folder and the file with the secret of its silos; null if there is none,
    /// or none that can be read.</summary>
    public static (AtlasDatabase Database, string? SecretFile)? Workspace(string? from = null)
    {
        try
        {
            return Recorded(from) is { } record ? (AtlasDatabase.Parse(record.ConnectionString!), record.SecretFile) : null;
        }
        catch (Exception unusable) when (unusable is DatabaseAddressException or AtlasRefusedException)
        {
            return null;
        }
    }

    private static Record? Recorded(string? from) => AtlasFolder.Candidates(from)
        .Select(folder => Path.Combine(folder, "database.json"))
        .Where(File.Exists)
        .Select(Read)
        .FirstOrDefault(record => record?.ConnectionString?.Length > 0);

    private static Record? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Record>(File.ReadAllText(file), AtlasJson.Options);
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new AtlasRefusedException(
                $"The file {file}, which names the database of this workspace, cannot be read: {unreadable.Message} Let `atlas up` write it again, or set {Variable}.", unreadable);
        }
    }

    private static string Address(string? given, string? from)
    {
        if (!string.IsNullOrWhiteSpace(given))
        {
            return given;
        }

        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return named;
        }

        return Recorded(from)?.ConnectionString ?? throw new AtlasRefusedException(
            $"No database is configured. Set {Variable}, pass AtlasClientOptions.DatabaseUrl, or start a cluster here with `atlas up`.");
    }

    /// <param name="ConnectionString">The database.</param>
    /// <param name="SecretFile">The file with the secret of the silos; null if they have none.</param>
    private sealed record Record(string? ConnectionString = null, string? SecretFile = null);
}
