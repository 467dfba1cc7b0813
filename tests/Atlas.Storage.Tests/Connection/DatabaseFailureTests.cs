using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Atlas.Database;
using Atlas.Postgres;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Storage.Tests.Connection;

public sealed class DatabaseFailureTests
{
    private const string Password = "hunter2/hunter3@hunter4";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task What_is_wrong_is_named_as_what_it_is()
    {
        await using var database = await TestDatabase.CreateAsync();
        var right = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var place = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{right.Port}");

        await SaysAsync($"postgresql://{right.Username}:{Password}@{place}/{right.Database}", "refuses the user 'atlas': the password is wrong");
        await SaysAsync($"postgresql://nobody:{Password}@{place}/{right.Database}", "refuses the user 'nobody': the password is wrong, or there is no such user");
        await SaysAsync($"postgresql://{right.Username}@{place}/{right.Database}", "requires a password for the user 'atlas'");
        await SaysAsync(new UriBuilder(database.Address) { Path = "no_such" }.Uri.AbsoluteUri, "has no database 'no_such'", "CREATE DATABASE \"no_such\" ENCODING 'UTF8'");
        await SaysAsync($"postgresql://u:{Password}@127.0.0.1:1/db", "127.0.0.1:1/db does not answer: nothing listens there");
        await SaysAsync($"postgresql://u:{Password}@no-such-host.invalid/db", "The host of the database no-such-host.invalid:5432/db cannot be resolved");
        await SaysAsync("postgresql:///db?host=/no/such/folder&user=u&password=hunter2%2Fhunter3", "does not answer: there is no server socket in /no/such/folder");
        await SaysAsync($"{database.Address}?sslmode=require", "database");
    }

    [Fact]
    public async Task A_server_that_stands_still_is_named_in_bounded_time()
    {
        var folder = Directory.CreateTempSubdirectory("atlas-frozen-").FullName;
        var server = new PrivatePostgres(new PrivatePostgresOptions { Directory = folder, Settings = Settings.NotDurable });
        var status = await server.StartAsync();
        try
        {
            var process = status.ProcessId!.Value.ToString(CultureInfo.InvariantCulture);
            Assert.Equal(0, (await DebianPackage.RunAsync("kill", "-STOP", process)).Code);
            try
            {
                await SaysAsync(status.Address!, "does not answer: the connection timed out");
            }
            finally
            {
                await DebianPackage.RunAsync("kill", "-CONT", process);
            }

            await AtlasDatabase.Parse(status.Address).ExamineAsync();
        }
        finally
        {
            await server.StopAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Something_that_is_no_PostgreSQL_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var closing = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
        });

        await SaysAsync(
            string.Create(CultureInfo.InvariantCulture, $"postgresql://u:{Password}@127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/db"), "does not answer");
        await closing;
    }

    [Fact]
    public async Task Of_several_hosts_the_one_that_answers_is_used()
    {
        await using var database = await TestDatabase.CreateAsync();
        var right = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var several = string.Create(CultureInfo.InvariantCulture,
            $"postgresql://{right.Username}:{Uri.EscapeDataString(right.Password!)}@127.0.0.1:1,localhost:{right.Port}/{right.Database}");

        var found = await AtlasDatabase.Parse(several).ExamineAsync();
        await using (var source = found.CreateDataSource())
        {
            await using var command = source.CreateCommand("SELECT current_database()");
            Assert.Equal(right.Database, await command.ExecuteScalarAsync());
        }

        await SaysAsync($"postgresql://u:{Password}@127.0.0.1:1,127.0.0.1:2/db", "127.0.0.1:1,127.0.0.1:2/db does not answer: nothing listens there");
    }

    [Theory]
    [MemberData(nameof(DatabaseUriTests.Passwords), MemberType = typeof(DatabaseUriTests))]
    public async Task A_password_of_any_kind_opens_the_database_as_it_is_written(string password)
    {
        await using var database = await TestDatabase.CreateAsync();
        var right = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var user = string.Create(CultureInfo.InvariantCulture, $"hostile_{Environment.ProcessId}_{Guid.NewGuid():N}");
        await database.ExecuteAsync($"CREATE ROLE {user} LOGIN PASSWORD '{password.Replace("'", "''", StringComparison.Ordinal)}'");
        try
        {
            foreach (var written in (string[])[password, Uri.EscapeDataString(password)])
            {
                var address = string.Create(CultureInfo.InvariantCulture, $"postgresql://{user}:{written}@127.0.0.1:{right.Port}/{right.Database}");
                await AtlasDatabase.Parse(address).ExamineAsync();
                await AtlasDatabase.Parse(AtlasDatabase.Parse(address).Address).ExamineAsync();
            }
        }
        finally
        {
            await database.ExecuteAsync($"DROP ROLE {user}");
        }
    }

    private static async Task SaysAsync(string address, params string[] expected)
    {
        var database = AtlasDatabase.Parse(address, new() { ConnectTimeout = TimeSpan.FromSeconds(2), MinConnections = 0 });
        var began = Stopwatch.GetTimestamp();

        var failure = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => database.ExamineAsync());

        Assert.True(Stopwatch.GetElapsedTime(began) < Bound, $"It took {Stopwatch.GetElapsedTime(began)}.");
        Assert.All(expected, text => Assert.Contains(text, failure.Message, StringComparison.Ordinal));
        Assert.All(["hunter2", "hunter3", "hunter4"], part => Assert.DoesNotContain(part, failure.ToString(), StringComparison.Ordinal));
    }
}
