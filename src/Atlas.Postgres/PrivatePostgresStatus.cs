namespace Atlas.Postgres;

/// <summary>The state of a private PostgreSQL.</summary>
public sealed record PrivatePostgresStatus
{
    /// <summary>Whether there is a data directory.</summary>
    public required bool Initialized { get; init; }

    /// <summary>Whether its server is running.</summary>
    public required bool Running { get; init; }

    /// <summary>The server's process; null if it is not running.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Its port on 127.0.0.1; null if it is not running.</summary>
    public int? Port { get; init; }

    /// <summary>The address with the superuser and its password, <c>postgresql://…</c>, for creating databases and roles; null if it is not
    /// running.</summary>
    public string? Address { get; init; }

    /// <summary>The address for the owner of the database, who creates its tables and has no rights outside of it; null if it is not
    /// running.</summary>
    public string? OwnerAddress { get; init; }

    /// <summary>The address for silos, which read and write what Atlas stores; null if it is not running.</summary>
    public string? SiloAddress { get; init; }

    /// <summary>The address for clients, which can only find silos; null if it is not running.</summary>
    public string? ClientAddress { get; init; }

    /// <summary>The directory of its data.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The path of its log.</summary>
    public required string LogFile { get; init; }
}
