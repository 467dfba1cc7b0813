namespace Atlas.Postgres;

/// <summary>Where a private PostgreSQL lives and how it runs.</summary>
public sealed record PrivatePostgresOptions
{
    /// <summary>Holds everything of it: data, log, password, port. Made if it is missing.</summary>
    public required string Directory { get; init; }

    /// <summary>The database that <see cref="PrivatePostgres.StartAsync"/> makes sure of.</summary>
    /// <value>The default is <c>atlas</c>.</value>
    public string Database { get; init; } = "atlas";

    /// <summary>How long starting or stopping may take.</summary>
    /// <value>The default is one minute.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Settings of the server beside ours, such as <c>fsync</c> = <c>off</c> for tests.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Where initdb, pg_ctl and postgres are; null looks for them.</summary>
    public string? BinDirectory { get; init; }
}
