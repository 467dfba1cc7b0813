namespace Atlas.Postgres;

/// <summary>The options of a private PostgreSQL.</summary>
public sealed record PrivatePostgresOptions
{
    /// <summary>The directory for all of its files: data, log, password, port. Created if it is missing.</summary>
    public required string Directory { get; init; }

    /// <summary>The database that <see cref="PrivatePostgres.StartAsync"/> creates if it is missing.</summary>
    /// <value>The default is <c>atlas</c>.</value>
    public string Database { get; init; } = "atlas";

    /// <summary>The longest time for starting or stopping.</summary>
    /// <value>The default is one minute.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Additional settings of the server, such as <c>fsync</c> = <c>off</c> for tests.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The directory of initdb, pg_ctl and postgres; null searches for them.</summary>
    public string? BinDirectory { get; init; }
}
