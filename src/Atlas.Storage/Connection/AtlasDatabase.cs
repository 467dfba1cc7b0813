using System.Globalization;
using Npgsql;

namespace Atlas.Storage.Connection;

/// <summary>Where the database is and how its connections behave. Opens none itself.</summary>
public sealed class AtlasDatabase
{
    private readonly NpgsqlConnectionStringBuilder builder;

    private AtlasDatabase(NpgsqlConnectionStringBuilder builder)
    {
        this.builder = builder;
        ConnectionString = builder.ConnectionString;
        OrleansConnectionString = new NpgsqlConnectionStringBuilder(ConnectionString) { SearchPath = "orleans" }.ConnectionString;
    }

    /// <summary>For the tables of Atlas. Contains the password.</summary>
    public string ConnectionString { get; }

    /// <summary>For Orleans' ADO.NET providers, which find their queries through the search path. Contains the password.</summary>
    public string OrleansConnectionString { get; }

    /// <summary>Host, port and database, for people to read: <c>127.0.0.1:5432/atlas</c>.</summary>
    public string DisplayName => string.Create(CultureInfo.InvariantCulture,
        $"{builder.Host}:{builder.Port}/{builder.Database ?? builder.Username ?? "postgres"}");

    /// <summary>The address as <c>postgresql://user:password@host:port/database</c>, for other programs.</summary>
    public string Uri => string.Create(CultureInfo.InvariantCulture,
        $"postgresql://{UserInfo(withPassword: true)}{UriHost}:{builder.Port}/{System.Uri.EscapeDataString(builder.Database ?? "")}");

    /// <summary><see cref="Uri"/> without the password, for logs.</summary>
    public string UriWithoutPassword => string.Create(CultureInfo.InvariantCulture,
        $"postgresql://{UserInfo(withPassword: false)}{UriHost}:{builder.Port}/{System.Uri.EscapeDataString(builder.Database ?? "")}");

    /// <summary>Reads an address and adds what every connection of Atlas needs.</summary>
    /// <param name="address"><c>postgresql://user:password@host:port/database?…</c> or an Npgsql connection string. A value
    /// that the address sets itself wins over the options.</param>
    /// <param name="options">Pool and timeouts; null for the defaults.</param>
    /// <exception cref="DatabaseAddressException">The address is not understood.</exception>
    public static AtlasDatabase Parse(string? address, AtlasDatabaseOptions? options = null)
    {
        options ??= new AtlasDatabaseOptions();
        var builder = DatabaseAddress.Parse(address);
        SetDefault(builder, "Minimum Pool Size", options.MinConnections);
        SetDefault(builder, "Maximum Pool Size", Math.Max(options.MaxConnections, Math.Max(2, options.MinConnections)));
        SetDefault(builder, "Timeout", Seconds(options.ConnectTimeout));
        SetDefault(builder, "Max Auto Prepare", options.MaxAutoPrepare);
        SetDefault(builder, "Application Name", options.ApplicationName);

        // As a start-up parameter the limit is the session's default, which returning to the pool does not take away.
        // The client's own limit is a little longer, for a server that does not answer at all.
        var milliseconds = (long)Math.Max(0, options.StatementTimeout.TotalMilliseconds);
        if (builder.Options?.Contains("statement_timeout", StringComparison.Ordinal) != true)
        {
            var limit = string.Create(CultureInfo.InvariantCulture, $"-c statement_timeout={milliseconds}");
            builder.Options = string.IsNullOrEmpty(builder.Options) ? limit : $"{builder.Options} {limit}";
        }

        SetDefault(builder, "Command Timeout", milliseconds == 0 ? 0 : Seconds(options.StatementTimeout) + 5);
        return new AtlasDatabase(builder);
    }

    /// <summary>A pool of connections for the tables of Atlas; the caller disposes it.</summary>
    public NpgsqlDataSource CreateDataSource() => NpgsqlDataSource.Create(ConnectionString);

    /// <summary>A pool of connections for Orleans' providers; the caller disposes it.</summary>
    public NpgsqlDataSource CreateOrleansDataSource() => NpgsqlDataSource.Create(OrleansConnectionString);

    /// <inheritdoc/>
    public override string ToString() => UriWithoutPassword;

    private string UriHost => builder.Host!.Contains(':') ? $"[{builder.Host}]" : System.Uri.EscapeDataString(builder.Host);

    private string UserInfo(bool withPassword)
    {
        if (string.IsNullOrEmpty(builder.Username))
        {
            return "";
        }

        var password = withPassword && !string.IsNullOrEmpty(builder.Password)
            ? ":" + System.Uri.EscapeDataString(builder.Password)
            : "";
        return System.Uri.EscapeDataString(builder.Username) + password + "@";
    }

    private static int Seconds(TimeSpan span) => (int)Math.Min(int.MaxValue - 10, Math.Max(1, Math.Ceiling(span.TotalSeconds)));

    private static void SetDefault(NpgsqlConnectionStringBuilder builder, string key, object value)
    {
        if (!builder.ShouldSerialize(key))
        {
            builder[key] = value;
        }
    }
}
