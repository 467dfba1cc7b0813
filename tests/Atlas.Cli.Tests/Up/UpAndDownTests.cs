using System.Net;
using System.Net.Sockets;
using Atlas.Cli.Tests.Harness;
using Atlas.Cli.Workspace;
using Atlas.Postgres;
using Xunit;

namespace Atlas.Cli.Tests.Up;

public sealed class UpAndDownTests : IAsyncDisposable
{
    private readonly TestWorkspace _workspace = new();

    [Fact]
    public async Task Up_starts_everything_a_second_up_changes_nothing_and_down_stops_it()
    {
        var first = (await _workspace.UpAsync()).Expect(ExitCode.Ok);
        Assert.Contains("private PostgreSQL", first.Output, StringComparison.Ordinal);
        var status = (await _workspace.RunAsync("status", "--json")).Expect(ExitCode.Ok).Json();
        var silo = status.GetProperty("silos")[0];
        var pid = silo.GetProperty("pid").GetInt32();
        Assert.True(status.GetProperty("running").GetBoolean());
        Assert.Equal("healthy", silo.GetProperty("health").GetString());
        Assert.Equal(_workspace.HttpPort, silo.GetProperty("http_port").GetInt32());
        Assert.Equal(_workspace.SiloPort, silo.GetProperty("silo_port").GetInt32());
        Assert.Equal(_workspace.GatewayPort, silo.GetProperty("gateway_port").GetInt32());
        Assert.Equal($"127.0.0.1:{_workspace.GatewayPort}", silo.GetProperty("gateway_address").GetString());

        var second = (await _workspace.UpAsync()).Expect(ExitCode.Ok);
        Assert.Contains("already running", second.Output, StringComparison.Ordinal);
        Assert.Equal(pid, (await _workspace.SiloAsync()).GetProperty("pid").GetInt32());

        (await _workspace.RunAsync("down")).Expect(ExitCode.Ok);
        Assert.Null(ProcessIdentity.Of(pid));
        (await _workspace.RunAsync("status", "--json")).Expect(ExitCode.NotRunning);
    }

    [Fact]
    public async Task Two_ups_at_once_start_one_silo()
    {
        var both = await Task.WhenAll(_workspace.UpAsync(), _workspace.UpAsync());

        Assert.All(both, up => up.Expect(ExitCode.Ok));
        Assert.Single(both, up => up.Output.Contains("already running", StringComparison.Ordinal));
        var status = (await _workspace.RunAsync("status", "--json")).Json();
        Assert.Single(status.GetProperty("silos").EnumerateArray());
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_the_option_that_changes_it()
    {
        using var occupant = new TcpListener(IPAddress.Loopback, _workspace.GatewayPort);
        occupant.Start();

        var answer = await _workspace.UpAsync();

        answer.ExpectSentence(ExitCode.CannotStart, $"Port {_workspace.GatewayPort} is in use");
        Assert.Contains("--gateway-port", answer.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_workspace.Home, "postgres")));
    }

    [Fact]
    public async Task A_wrong_setting_is_passed_on_in_the_silos_own_words_and_nothing_lingers()
    {
        _workspace.SetEnvironment("Atlas__Silo__Address", "the-moon");

        var answer = await _workspace.UpAsync();

        answer.ExpectSentence(ExitCode.CannotStart, "the-moon");
        var status = (await _workspace.RunAsync("status", "--json")).Json();
        Assert.Empty(status.GetProperty("silos").EnumerateArray());
    }

    [Fact]
    public async Task A_running_silo_keeps_its_database()
    {
        (await _workspace.UpAsync()).Expect(ExitCode.Ok);

        var answer = await _workspace.RunAsync("up", "--detach", "--database", "postgresql://someone@127.0.0.1:1/else");

        answer.ExpectSentence(ExitCode.Refused, "atlas down");
        Assert.Equal("healthy", (await _workspace.SiloAsync()).GetProperty("health").GetString());
    }

    [Fact]
    public async Task A_stopped_database_is_reported_and_up_starts_it_again()
    {
        (await _workspace.UpAsync()).Expect(ExitCode.Ok);
        var database = new PrivatePostgres(new PrivatePostgresOptions { Directory = Path.Combine(_workspace.Home, "postgres") });
        Assert.True(await database.StopAsync());

        (await _workspace.RunAsync("session", "list")).ExpectSentence(ExitCode.NotRunning, "Start it with `atlas up --detach`");
        var status = (await _workspace.RunAsync("status", "--json")).Expect(ExitCode.NotRunning).Json();
        Assert.False(status.GetProperty("database").GetProperty("reachable").GetBoolean());
        var doctor = (await _workspace.RunAsync("doctor", "--json")).Expect(ExitCode.Failed).Json();
        Assert.False(doctor.GetProperty("healthy").GetBoolean());

        (await _workspace.UpAsync()).Expect(ExitCode.Ok);
        (await _workspace.RunAsync("session", "list", "--json")).Expect(ExitCode.Ok).Json();
    }

    [Fact]
    public async Task In_the_foreground_the_end_of_the_command_takes_everything_down()
    {
        using var up = _workspace.StartInForeground();
        await Atlas.Testing.Eventually.TrueAsync(
            async () => (await _workspace.RunAsync("status", "--json")).ExitCode == (int)ExitCode.Ok || up.HasEnded,
            TimeSpan.FromMinutes(1),
            "a healthy silo");

        Shell.Signal("TERM", up.Id);
        var ended = (await up.ResultAsync()).Expect(ExitCode.Ok);

        Assert.Contains("silo-1", ended.Output, StringComparison.Ordinal);
        var status = (await _workspace.RunAsync("status", "--json")).Json();
        Assert.Empty(status.GetProperty("silos").EnumerateArray());
        Assert.False(status.GetProperty("database").GetProperty("reachable").GetBoolean());
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
