using System.ComponentModel.DataAnnotations;
using Atlas.Configuration.Checking;

namespace Atlas.Configuration.Storage;

/// <summary>The block <c>storage</c>: the database.</summary>
public sealed record StorageOptions
{
    /// <summary>The database, as <c>postgresql://user:password@host:port/database</c> or as an Npgsql connection string.</summary>
    [RegularExpression(
        @"^(postgres(ql)?://[^\s/]\S*|(?i:.*\b(host|server)\s*=.*))$",
        ErrorMessage = "must be postgresql://user:password@host:port/database or an Npgsql connection string with Host=")]
    public required string DatabaseUrl { get; init; }

    /// <summary>Number of connections that stay open.</summary>
    /// <value>The default is 1.</value>
    [Range(1, int.MaxValue)]
    public int MinConnections { get; init; } = 1;

    /// <summary>Maximum number of open connections per process.</summary>
    /// <value>The default is 5.</value>
    [Range(1, int.MaxValue)]
    public int MaxConnections { get; init; } = 5;

    /// <summary>Time limit for one statement, in seconds; 0 means no limit.</summary>
    /// <value>The default is 30.0.</value>
    [Range(0d, double.MaxValue)]
    public double StatementTimeoutSeconds { get; init; } = 30.0;

    /// <summary>Whether missing tables are created at startup.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ApplySchemaOnConnect { get; init; } = true;

    /// <summary>How long the data of sessions is kept.</summary>
    public RetentionOptions Retention { get; init; } = new();

    /// <summary>The address only, without the password.</summary>
    public override string ToString() => Secrets.MaskUrl(DatabaseUrl);
}
