using System.Text.Json.Serialization;
using Atlas.Database;

namespace Atlas.Cli.Database;

/// <summary>The database that the silos of this workspace use, as <c>atlas up</c> left it in <c>.atlas/database.json</c>.</summary>
internal sealed record DatabaseRecord
{
    /// <summary>An address that Atlas and its clients understand. Contains the password.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Whether it is the server under <c>.atlas/postgres</c>, which <c>up</c> starts and <c>down</c> stops.</summary>
    public required bool Private { get; init; }

    /// <summary>The file with the secret of the silos on it, by its full path; null if they have none, or are told it in another way.</summary>
    public string? SecretFile { get; init; }

    [JsonIgnore]
    public AtlasDatabase Address => AtlasDatabase.Parse(ConnectionString);
}
