using System.ComponentModel.DataAnnotations;

namespace Atlas.Database;

/// <summary>How Atlas uses its database.</summary>
public sealed record AtlasDatabaseOptions
{
    /// <summary>The number of connections kept open while idle.</summary>
    /// <value>The default is 1.</value>
    [Range(0, 1000)]
    public int MinConnections { get; init; } = 1;

    /// <summary>The largest number of connections per process and form of the connection string; the migrations need two.</summary>
    /// <value>The default is 20.</value>
    [Range(2, 1000)]
    public int MaxConnections { get; init; } = 20;

    /// <summary>The longest execution time of one statement, on every connection; zero means no limit.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for a connection to the server.</summary>
    /// <value>The default is 15 seconds.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The number of automatically prepared statements per connection; 0 turns it off, as some poolers require.</summary>
    /// <value>The default is 64.</value>
    [Range(0, 10_000)]
    public int MaxAutoPrepare { get; init; } = 64;

    /// <summary>The name under which the server lists the connections.</summary>
    /// <value>The default is <c>atlas</c>.</value>
    public string ApplicationName { get; init; } = "atlas";
}
