namespace Atlas.Cli.Status;

/// <summary>The database in <c>atlas status --json</c>. Contains the password, because other tools connect with it.</summary>
internal sealed record DatabaseStatus
{
    /// <summary>Gets the address in the form <c>postgresql://user:password@host:port/database</c>, which psql and most other programs
    /// accept.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Gets the connection string for Npgsql.</summary>
    public required string NpgsqlConnectionString { get; init; }

    /// <summary>Gets host, port and database, for people.</summary>
    public required string Name { get; init; }

    public required bool Private { get; init; }

    public required bool Reachable { get; init; }

    /// <summary>Gets why it is not reachable, and what to do; null if it is.</summary>
    public required string? Problem { get; init; }
}
