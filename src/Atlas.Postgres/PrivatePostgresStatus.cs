namespace Atlas.Postgres;

/// <summary>How a private PostgreSQL stands.</summary>
public sealed record PrivatePostgresStatus
{
    /// <summary>Whether there is a data directory.</summary>
    public required bool Initialized { get; init; }

    /// <summary>Whether its server runs.</summary>
    public required bool Running { get; init; }

    /// <summary>The server's process; null if it does not run.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Its port on 127.0.0.1; null if it does not run.</summary>
    public int? Port { get; init; }

    /// <summary>The address with user and password, <c>postgresql://…</c>; null if it does not run.</summary>
    public string? Address { get; init; }

    /// <summary>Where its data is.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where it logs.</summary>
    public required string LogFile { get; init; }
}
