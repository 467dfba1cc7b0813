using System.Globalization;
using Npgsql;

namespace Atlas.Database;

/// <summary>The address of the database and the behavior of its connections. Opens none itself.</summary>
/// <remarks>Nothing here depends on the session of a connection, so that a pooler such as PgBouncer can be in between: no start-up options,
/// and nothing to reset when a connection returns to the pool.</remarks>
public sealed class AtlasDatabase
{
    private readonly NpgsqlConnectionStringBuilder _given;
    private readonly NpgsqlConnectionStringBuilder _builder;

    private AtlasDatabase(NpgsqlConnectionStringBuilder given, NpgsqlConnectionStringBuilder builder)
    {
        _given = given;
        _builder = builder;
        ConnectionString = builder.ConnectionString;
    }

    /// <summary>The connection string for Npgsql. Contains the password.</summary>
    public string ConnectionString { get; }

    /// <summary>Hosts, ports and database, for people to read: <c>127.0.0.1:5432/atlas</c>.</summary>
    public string DisplayName => $"{Place}/{DatabaseName}";

    /// <summary>Whether a pooler is known to be in between; see <see cref="DatabaseExamination"/>.</summary>
    public bool IsPooled { get; private init; }

    /// <summary>All settings as <c>postgresql://user:password@host:port/database?…</c>, for Atlas to read again.</summary>
    public string Address => DatabaseUri.Write(_given, withPassword: true, forOthers: false);

    /// <summary>The address for other programs, with only those parameters that <c>psql</c> and all others with libpq know.</summary>
    public string Uri => DatabaseUri.Write(_given, withPassword: true, forOthers: true);

    /// <summary><see cref="Uri"/> without the password, for logs.</summary>
    public string UriWithoutPassword => DatabaseUri.Write(_given, withPassword: false, forOthers: true);

    internal string Place => _builder.Host!.Contains(',') || _builder.Host.StartsWith('/')
        ? _builder.Host
        : string.Create(CultureInfo.InvariantCulture, $"{_builder.Host}:{_builder.Port}");

    internal string DatabaseName => _builder.Database ?? _builder.Username ?? "postgres";

    internal string? User => _builder.Username;

    internal string Host => _builder.Host!;

    private bool HasSeveralHosts => _builder.Host!.Contains(',');

    /// <summary>Parses an address and adds what every connection of Atlas needs.</summary>
    /// <param name="address"><c>postgresql://user:password@host:port/database?…</c> or an Npgsql connection string. Its own values take
    /// precedence over the options.</param>
    /// <param name="options">Pool and timeouts; null for the defaults.</param>
    /// <exception cref="DatabaseAddressException">The address is not valid.</exception>
    public static AtlasDatabase Parse(string? address, AtlasDatabaseOptions? options = null)
    {
        options ??= new AtlasDatabaseOptions();
        var given = DatabaseAddress.Parse(address);
        var builder = new NpgsqlConnectionStringBuilder(given.ConnectionString);
        SetDefault(builder, "Minimum Pool Size", options.MinConnections);
        SetDefault(builder, "Maximum Pool Size", Math.Max(options.MaxConnections, Math.Max(2, options.MinConnections)));
        SetDefault(builder, "Timeout", Seconds(options.ConnectTimeout));
        SetDefault(builder, "Max Auto Prepare", options.MaxAutoPrepare);
        SetDefault(builder, "Application Name", options.ApplicationName);

        // Sends statements with many rows in fewer pieces.
        SetDefault(builder, "Write Buffer Size", 65_536);

        // Npgsql asks the server to cancel what takes too long. The server's own limit would have to be set when a connection is opened,
        // which poolers refuse, or stay with a session, which they pass on to the next client.
        SetDefault(builder, "Command Timeout", options.StatementTimeout <= TimeSpan.Zero ? 0 : Seconds(options.StatementTimeout));

        // Atlas leaves nothing behind in a session, and a pooler's session is not ours to reset.
        SetDefault(builder, "No Reset On Close", true);
        if (builder.Host!.Contains(','))
        {
            SetDefault(builder, "Target Session Attributes", "primary");
        }

        return new AtlasDatabase(given, builder);
    }

    /// <summary>Returns the same database for connections that a pooler shares between sessions: without prepared statements.</summary>
    internal AtlasDatabase BehindPooler()
    {
        var without = new NpgsqlConnectionStringBuilder(ConnectionString);
        if (!_given.ShouldSerialize("Max Auto Prepare"))
        {
            without.MaxAutoPrepare = 0;
        }

        return new AtlasDatabase(_given, without) { IsPooled = true };
    }

    /// <summary>Creates a pool of connections; the caller disposes it.</summary>
    /// <param name="change">Changes settings of the pool; null for none.</param>
    public NpgsqlDataSource CreateDataSource(Action<NpgsqlConnectionStringBuilder>? change = null)
    {
        var source = new NpgsqlDataSourceBuilder(ConnectionString);
        change?.Invoke(source.ConnectionStringBuilder);
        if (!HasSeveralHosts)
        {
            return source.Build();
        }

        // A data source for several hosts requires this as a separate argument.
        source.ConnectionStringBuilder.TargetSessionAttributes = null;
        return source.BuildMultiHost().WithTargetSession(Target(_builder.TargetSessionAttributes));
    }

    /// <summary>Creates a pool of connections for Orleans' ADO.NET providers, which can find their queries; the caller disposes
    /// it.</summary>
    public NpgsqlDataSource CreateOrleansDataSource() => CreateDataSource(orleans =>
    {
        // They name the table of their queries without its schema. A pooler refuses a search path at start-up; in that case they find the
        // view in the schema public.
        if (!IsPooled)
        {
            orleans.SearchPath = "orleans";
        }
    });

    /// <inheritdoc/>
    public override string ToString() => UriWithoutPassword;

    private static TargetSessionAttributes Target(string? name) =>
        Enum.TryParse<TargetSessionAttributes>(name?.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var target)
            ? target
            : TargetSessionAttributes.Primary;

    private static int Seconds(TimeSpan span) => (int)Math.Min(int.MaxValue - 10, Math.Max(1, Math.Ceiling(span.TotalSeconds)));

    private static void SetDefault(NpgsqlConnectionStringBuilder builder, string key, object value)
    {
        if (!builder.ShouldSerialize(key))
        {
            builder[key] = value;
        }
    }
}
