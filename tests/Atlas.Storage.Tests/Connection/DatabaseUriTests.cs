using Atlas.Database;
using Npgsql;
using Xunit;

namespace Atlas.Storage.Tests.Connection;

public sealed class DatabaseUriTests
{
    public static TheoryData<string> Passwords { get; } =
    [
        "12/34", "p/q", "a@b", "12/34@56", "50%", "100%zz", "a#b", "a?b", "12?34", "two words", " lead", "pa:ss", "äöü€🙂", "a&b=c", "12?x=1&y",
        "'quoted'", "\"double\"", "a;b", "[::1]", "a,b", "\\back", "1/2/3@4/5", "+plus+", "@", "/", "12/34?sslmode=x#y", "h/db",
    ];

    [Theory]
    [MemberData(nameof(Passwords))]
    public void A_password_of_any_kind_is_read_written_again_and_never_taken_for_anything_else(string password)
    {
        foreach (var written in (string[])[password, Uri.EscapeDataString(password)])
        {
            var database = AtlasDatabase.Parse($"postgresql://u:{written}@h.example:6543/db?application_name=mine");
            var read = new NpgsqlConnectionStringBuilder(database.ConnectionString);

            Assert.Equal(
                ("u", password, "h.example", 6543, "db", "mine"),
                (read.Username, read.Password, read.Host, read.Port, read.Database, read.ApplicationName));
            Assert.Equal("h.example:6543/db", database.DisplayName);
            Assert.Equal("postgresql://u@h.example:6543/db?application_name=mine", database.ToString());
            Assert.Equal(password, new NpgsqlConnectionStringBuilder(AtlasDatabase.Parse(database.Uri).ConnectionString).Password);
            Assert.Equal(password, new NpgsqlConnectionStringBuilder(AtlasDatabase.Parse(database.Address).ConnectionString).Password);
        }

        var quoted = new NpgsqlConnectionStringBuilder { Host = "h", Password = password }.ConnectionString;
        Assert.Equal(password, new NpgsqlConnectionStringBuilder(AtlasDatabase.Parse(quoted).ConnectionString).Password);
    }

    [Theory]
    [InlineData("postgresql://u:{0}@h:port/db")]
    [InlineData("postgresql://u:{0}@h:5432/db?nonsense=1")]
    [InlineData("postgresql://u:{0}@h:5432/db?sslmode=sometimes")]
    [InlineData("postgresql://u:{0}@/db")]
    [InlineData("postgresql://u:{0}@h h/db")]
    [InlineData("postgresql://u:{0}@h/db?x")]
    [InlineData("postgresql://h/db?user=u&password={0}&nonsense=1")]
    [InlineData("postgresql://u:{0}@[::1/db")]
    [InlineData("mysql://u:{0}@h/db")]
    [InlineData("Host=h;Password={0};Port=x")]
    [InlineData("Password={0};Host=h;Nonsense=x")]
    [InlineData("Password={0}")]
    [InlineData("{0}")]
    public void No_part_of_a_password_is_in_the_message_of_an_address_that_is_wrong(string form)
    {
        foreach (var password in (string[])[
            "hunter2", "12/hunter2", "hunter2/hunter3", "hunter2@hunter3", "hunter2?hunter3=4", "hunter2#x", "hunter2;hunter3=4", "hunter2 hunter3",
            "12?hunter2", "hunter2%", "hunter2&hunter3=x", "'hunter2", "1?hunter2=hunter3"])
        {
            if (Record.Exception(() => AtlasDatabase.Parse(form.Replace("{0}", password, StringComparison.Ordinal))) is not { } failure)
            {
                continue;
            }

            Assert.IsType<DatabaseAddressException>(failure);
            Assert.DoesNotContain("hunter", failure.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("postgresql://u@h1:5433,h2,[::1]:5434/db", "h1:5433,h2:5432,[::1]:5434", "postgresql://u@h1:5433,h2:5432,[::1]:5434/db")]
    [InlineData("postgresql:///db?host=h1,h2&port=5433,5434&user=u", "h1:5433,h2:5434", "postgresql://u@h1:5433,h2:5434/db")]
    [InlineData("postgresql:///db?port=5433&host=h1&user=u", "h1", "postgresql://u@h1:5433/db")]
    [InlineData("postgresql://u@%2Fvar%2Frun%2Fpostgresql/db", "/var/run/postgresql", "postgresql:///db?host=%2Fvar%2Frun%2Fpostgresql&port=5432&user=u")]
    [InlineData("postgresql://u@[fe80::1]:5433/db", "fe80::1", "postgresql://u@[fe80::1]:5433/db")]
    [InlineData("Host=h1,h2:5433;Username=u;Database=db;Port=5434", "h1,h2:5433", "postgresql://u@h1:5434,h2:5433/db")]
    [InlineData("POSTGRES://ann@corp:pw@h/db", "h", "postgresql://ann%40corp:pw@h:5432/db")]
    public void Hosts_of_every_kind_are_read_and_written_again(string address, string host, string written)
    {
        var database = AtlasDatabase.Parse(address);

        Assert.Equal(host, new NpgsqlConnectionStringBuilder(database.ConnectionString).Host);
        Assert.Equal(written, database.Address);
        Assert.Equal(written, AtlasDatabase.Parse(written).Address);
    }

    [Fact]
    public void Every_parameter_is_kept_and_other_programs_get_what_they_know()
    {
        var database = AtlasDatabase.Parse(
            "postgresql://u:p@h/db?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem&channel_binding=require&connect_timeout=3&target_session_attrs=read-write"
            + "&keepalives=1&options=-c%20search_path%3Dmine&Maximum%20Pool%20Size=7&Max%20Auto%20Prepare=0");
        var again = AtlasDatabase.Parse(database.Address);
        var read = new NpgsqlConnectionStringBuilder(again.ConnectionString);

        Assert.Equal(database.Address, again.Address);
        Assert.Equal((SslMode.VerifyFull, "/etc/ca.pem", 3, 7, 0), (read.SslMode, read.RootCertificate, read.Timeout, read.MaxPoolSize, read.MaxAutoPrepare));
        Assert.Contains("sslmode=verify-full", database.Uri, StringComparison.Ordinal);
        Assert.Contains("channel_binding=require", database.Uri, StringComparison.Ordinal);
        Assert.Contains("options=-c%20search_path%3Dmine", database.Uri, StringComparison.Ordinal);
        Assert.DoesNotContain("Pool", database.Uri, StringComparison.Ordinal);
        Assert.DoesNotContain("Prepare", database.Uri, StringComparison.Ordinal);
    }
}
