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
    public string Uri => UriText(withPassword: true);

    /// <summary><see cref="Uri"/> without the password, for logs.</summary>
    public string UriWithoutPassword => UriText(withPassword: false);

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

        // Statements that carry many rows leave in fewer pieces.
        SetDefault(builder, "Write Buffer Size", 65_536);

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

    private string UriText(bool withPassword)
    {
        var user = Escape(builder.Username);
        var password = withPassword ? Escape(builder.Password) : "";
        var database = Escape(builder.Database);
        if (builder.Host!.StartsWith('/'))
        {
            // The directory of a socket has no place before the path of an address: everything follows it.
            var query = string.Create(CultureInfo.InvariantCulture, $"host={Escape(builder.Host)}&port={builder.Port}")
                + (user.Length > 0 ? $"&user={user}" : "") + (password.Length > 0 ? $"&password={password}" : "");
            return $"postgresql:///{database}?{query}";
        }

        var host = builder.Host.Contains(':') ? $"[{builder.Host}]" : Escape(builder.Host);
        var userInfo = user.Length == 0 ? "" : password.Length == 0 ? $"{user}@" : $"{user}:{password}@";
        return string.Create(CultureInfo.InvariantCulture, $"postgresql://{userInfo}{host}:{builder.Port}/{database}");
    }

    private static string Escape(string? text) => System.Uri.EscapeDataString(text ?? "");

    private static int Seconds(TimeSpan span) => (int)Math.Min(int.MaxValue - 10, Math.Max(1, Math.Ceiling(span.TotalSeconds)));

    private static void SetDefault(NpgsqlConnectionStringBuilder builder, string key, object value)
    {
        if (!builder.ShouldSerialize(key))
        {
            builder[key] = value;
        }
    }
}
