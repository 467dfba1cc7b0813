namespace Atlas.Cli.Status;

/// <summary>The database in <c>atlas status --json</c>. Contains the password: other tools connect with it.</summary>
internal sealed record DatabaseStatus
{
    /// <summary><c>postgresql://user:password@host:port/database</c>, as psql and most other programs read it.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The same as Npgsql reads it.</summary>
    public required string NpgsqlConnectionString { get; init; }

    /// <summary>Host, port and database, for people.</summary>
    public required string Name { get; init; }

    public required bool Private { get; init; }

    public required bool Reachable { get; init; }

    /// <summary>Why it is not reachable, and what to do; null if it is.</summary>
    public required string? Problem { get; init; }
}
