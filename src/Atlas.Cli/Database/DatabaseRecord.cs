using System.Text.Json.Serialization;
using Atlas.Database;

namespace Atlas.Cli.Database;

/// <summary>The database that the silos of this workspace use, as <c>atlas up</c> left it in <c>.atlas/database.json</c>.</summary>
/// <remarks>Applications read that file, too. For the private server it contains the address for clients, which is all they need to find
/// silos; commands use the address of the database's owner instead.</remarks>
internal sealed record DatabaseRecord
{
    /// <summary>Gets an address that Atlas and its clients understand. Contains the password.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Gets a value indicating whether it is the server under <c>.atlas/postgres</c>, which <c>up</c> starts and <c>down</c>
    /// stops.</summary>
    public required bool Private { get; init; }

    /// <summary>Gets the full path of the file with the secret of its silos; null if they have none, or get it in another way.</summary>
    public string? SecretFile { get; init; }

    /// <summary>Gets the address that silos are started with; null for the same. For the private server, it names a role that cannot create
    /// or drop anything.</summary>
    [JsonIgnore]
    public string? ForSilos { get; init; }

    [JsonIgnore]
    public AtlasDatabase Address => AtlasDatabase.Parse(ConnectionString);
}
