using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Atlas.Postgres;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Storage.Tests.Embedded;

public sealed class PrivatePostgresTests
{
    [Fact]
    public async Task Starting_twice_and_from_two_places_at_once_gives_the_one_server()
    {
        await using var place = new PrivateServer();

        var starts = await Task.WhenAll(place.Server.StartAsync(), new PrivatePostgres(place.Options).StartAsync());
        var again = await place.Server.StartAsync();

        Assert.All(starts, status => Assert.Equal(again, status));
        Assert.True(again.Running);
        Assert.Equal("atlas", await PrivateServer.QueryAsync<string>(again, "SELECT current_database()::text"));
        Assert.Equal(again, await place.Server.StatusAsync());
    }

    [Fact]
    public async Task It_keeps_data_and_port_over_a_stop_and_a_start()
    {
        await using var place = new PrivateServer();
        var first = await place.Server.StartAsync();
        await PrivateServer.QueryAsync<int>(first, "CREATE TABLE kept AS SELECT 42 AS n");

        Assert.True(await place.Server.StopAsync());
        Assert.False((await place.Server.StatusAsync()).Running);
        Assert.False(await place.Server.StopAsync());
        var second = await place.Server.StartAsync();

        Assert.Equal(first.Port, second.Port);
        Assert.Equal(first.Address, second.Address);
        Assert.NotEqual(first.ProcessId, second.ProcessId);
        Assert.Equal(42, await PrivateServer.QueryAsync<int>(second, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task It_starts_again_after_its_server_was_killed_and_has_what_was_committed()
    {
        await using var place = new PrivateServer(durable: true);
        var first = await place.Server.StartAsync();
        await PrivateServer.QueryAsync<int>(first, "CREATE TABLE kept AS SELECT 42 AS n");
        using (var process = Process.GetProcessById(first.ProcessId!.Value))
        {
            process.Kill();
        }

        await Eventually.TrueAsync(
            async () => !(await place.Server.StatusAsync()).Running, TimeSpan.FromSeconds(20), "The end of the killed server");
        var second = await place.Server.StartAsync();

        Assert.NotEqual(first.ProcessId, second.ProcessId);
        Assert.Equal(42, await PrivateServer.QueryAsync<int>(second, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task It_takes_another_port_if_somebody_has_its_own()
    {
        await using var place = new PrivateServer();
        var first = await place.Server.StartAsync();
        await place.Server.StopAsync();
        using var somebody = new TcpListener(IPAddress.Loopback, first.Port!.Value);
        somebody.Start();

        var second = await place.Server.StartAsync();

        Assert.NotEqual(first.Port, second.Port);
        Assert.Equal(1, await PrivateServer.QueryAsync<int>(second, "SELECT 1"));
    }

    [Fact]
    public async Task It_starts_though_the_number_of_its_last_process_now_belongs_to_another()
    {
        await using var place = new PrivateServer();
        var first = await place.Server.StartAsync();
        await place.Server.StopAsync();
        await File.WriteAllTextAsync(
            Path.Combine(first.DataDirectory, "postmaster.pid"),
            $"{Environment.ProcessId}\n{first.DataDirectory}\n1700000000\n{first.Port}\n\n127.0.0.1\n");

        Assert.False((await place.Server.StatusAsync()).Running);
        Assert.True((await place.Server.StartAsync()).Running);
    }

    [Fact]
    public async Task It_waits_for_the_last_processes_of_a_killed_server_whose_number_is_still_taken()
    {
        await using var place = new PrivateServer();
        var first = await place.Server.StartAsync();
        await place.Server.StopAsync();
        Assert.SkipUnless(Directory.Exists("/proc/self"), "This system has no /proc.");

        // The number must not be that of this process, which PostgreSQL sees among its own parents.
        using var stranger = Process.Start("tail", ["-f", "/dev/null"]);
        await File.WriteAllTextAsync(
            Path.Combine(first.DataDirectory, "postmaster.pid"),
            $"{stranger.Id}\n{first.DataDirectory}\n1700000000\n{first.Port}\n\n127.0.0.1\n");

        // A server's processes work in its data directory.
        using var last = Process.Start(new ProcessStartInfo("tail", ["-f", "/dev/null"]) { WorkingDirectory = first.DataDirectory })!;
        try
        {
            var start = place.Server.StartAsync();
            await Eventually.TrueAsync(
                async () => start.IsCompleted || (await File.ReadAllTextAsync(first.LogFile)).Contains("\"postmaster.pid\" already exists", StringComparison.Ordinal),
                TimeSpan.FromSeconds(20),
                "An attempt that finds the old file");
            last.Kill();

            Assert.True((await start).Running);
        }
        finally
        {
            last.Kill();
            stranger.Kill();
        }
    }

    [Fact]
    public async Task It_makes_its_data_whole_after_an_interrupted_first_start()
    {
        await using var place = new PrivateServer();
        var leftover = Path.Combine(place.Options.Directory, "data.new");
        Directory.CreateDirectory(leftover);
        await File.WriteAllTextAsync(Path.Combine(leftover, "PG_VERSION"), "15\n");

        Assert.True((await place.Server.StartAsync()).Running);
        Assert.False(Directory.Exists(leftover));
    }

    [Fact]
    public async Task It_touches_no_directory_that_holds_something_else()
    {
        await using var place = new PrivateServer();
        var file = Path.Combine(place.Options.Directory, "data", "precious");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "kept");

        var failure = await Assert.ThrowsAsync<PrivatePostgresException>(() => place.Server.StartAsync());

        Assert.Contains("holds files and no PostgreSQL data", failure.Message);
        Assert.Equal("kept", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task A_server_that_cannot_start_shows_the_end_of_its_log()
    {
        await using var place = new PrivateServer();
        var broken = place.Options with { Settings = new Dictionary<string, string> { ["shared_buffers"] = "a lot" } };

        var failure = await Assert.ThrowsAsync<PrivatePostgresException>(() => new PrivatePostgres(broken).StartAsync());

        Assert.Contains("shared_buffers", failure.Message);
        Assert.True((await place.Server.StartAsync()).Running);
    }

    [Fact]
    public async Task It_runs_deep_below_a_directory_that_nobody_else_may_enter()
    {
        var deep = string.Join('/', Enumerable.Repeat("a-directory-with-a-long-name", 6));
        await using var place = new PrivateServer(
            deep, parentMode: UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var status = await place.Server.StartAsync();

        Assert.True(place.Options.Directory.Length > 107);
        Assert.Equal(1, await PrivateServer.QueryAsync<int>(status, "SELECT 1"));
    }

    [Fact]
    public async Task It_lets_nobody_in_without_the_password_and_keeps_that_to_its_owner()
    {
        await using var place = new PrivateServer();
        var status = await place.Server.StartAsync();
        var wrong = status with { Address = new UriBuilder(status.Address!) { Password = "wrong" }.Uri.AbsoluteUri };

        var refused = await Assert.ThrowsAsync<PostgresException>(() => PrivateServer.QueryAsync<int>(wrong, "SELECT 1"));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
        Assert.Equal("127.0.0.1", await PrivateServer.QueryAsync<string>(status, "SHOW listen_addresses"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(place.Options.Directory, "password")));
        }
    }

    [Fact]
    public async Task Its_server_is_no_child_of_the_process_that_started_it()
    {
        await using var place = new PrivateServer();
        var status = await place.Server.StartAsync();
        Assert.SkipUnless(Directory.Exists("/proc/self"), "This system has no /proc.");

        // After the name in brackets: state, parent, process group, session.
        var fields = (await File.ReadAllTextAsync($"/proc/{status.ProcessId}/stat")).Split(") ")[^1].Split(' ');

        Assert.NotEqual(Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), fields[1]);
        Assert.Equal(status.ProcessId.ToString(), fields[3]);
    }
}
