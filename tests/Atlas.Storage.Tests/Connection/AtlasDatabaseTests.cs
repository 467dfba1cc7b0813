using Atlas.Database;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Storage.Tests.Connection;

public sealed class AtlasDatabaseTests
{
    [Fact]
    public void An_address_becomes_a_connection_string()
    {
        var database = AtlasDatabase.Parse("postgresql://ann:p%40ss%2Fword@db.example:6543/my%20db?sslmode=verify-full&connect_timeout=3");

        var read = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        Assert.Equal(
            ("db.example", 6543, "ann", "p@ss/word", "my db", SslMode.VerifyFull, 3),
            (read.Host, read.Port, read.Username, read.Password, read.Database, read.SslMode, read.Timeout));
        Assert.Equal("postgresql://ann:p%40ss%2Fword@db.example:6543/my%20db?sslmode=verify-full&connect_timeout=3", database.Uri);
        Assert.Equal("postgresql://ann@db.example:6543/my%20db?sslmode=verify-full&connect_timeout=3", database.ToString());
        Assert.Equal("db.example:6543/my db", database.DisplayName);
        Assert.Equal((null, null), (read.Options, read.SearchPath));
        Assert.Equal(database.ConnectionString, AtlasDatabase.Parse(database.ConnectionString).ConnectionString);
    }

    [Fact]
    public void Values_of_the_address_win_over_the_options()
    {
        var database = AtlasDatabase.Parse(
            "Host=h;Username=u;Maximum Pool Size=7;Options=-c statement_timeout=5", new() { MaxConnections = 50 });

        var read = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        Assert.Equal((7, "-c statement_timeout=5", 64), (read.MaxPoolSize, read.Options, read.MaxAutoPrepare));
    }

    [Theory]
    [InlineData("postgresql:///db?host=/var/run/postgresql&user=ann", "/var/run/postgresql", "db")]
    [InlineData("postgres://ann@[::1]/db", "::1", "db")]
    [InlineData("  Host=h;Database=db ", "h", "db")]
    public void Addresses_of_sockets_and_IPv6_are_understood(string address, string host, string database)
    {
        var parsed = AtlasDatabase.Parse(address);
        var read = new NpgsqlConnectionStringBuilder(parsed.ConnectionString);

        Assert.Equal((host, database), (read.Host, read.Database));
        Assert.Equal(parsed.Uri, AtlasDatabase.Parse(parsed.Uri).Uri);
    }

    [Theory]
    [InlineData("", "The database address is empty.")]
    [InlineData("mysql://u:secret@h/db", "begins with mysql://")]
    [InlineData("postgresql://u:secret@h:port/db", "is not a valid URI")]
    [InlineData("postgresql://u:secret@h/db?nonsense=1", "the unknown parameter 'nonsense'")]
    [InlineData("Host=h;Pasword=secret", "unknown keys: Pasword.")]
    [InlineData("Host=h;Port=secret", "A value in the connection string is not valid")]
    [InlineData("Username=u;Password=secret", "has no host")]
    [InlineData("just text", "neither a URI nor a list of Key=Value")]
    public void A_wrong_address_is_explained_and_the_password_kept(string address, string expected)
    {
        var failure = Assert.Throws<DatabaseAddressException>(() => AtlasDatabase.Parse(address));

        Assert.Contains(expected, failure.Message);
        Assert.DoesNotContain("secret", failure.ToString());
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_cancelled_and_its_connection_goes_on()
    {
        await using var database = await TestDatabase.CreateAsync(new() { StatementTimeout = TimeSpan.FromMilliseconds(400), MaxConnections = 2 });
        for (var round = 0; round < 3; round++)
        {
            var stopped = await Assert.ThrowsAsync<NpgsqlException>(() => database.ExecuteAsync("SELECT pg_sleep(300)"));
            Assert.IsType<TimeoutException>(stopped.InnerException);
            Assert.Equal(1, await database.ScalarAsync<int>("SELECT 1"));
        }

        Assert.Equal(0L, await database.ScalarAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(300)%' AND state = 'active' AND datname = current_database()"));
    }
}
