using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Invocation;

public sealed class NothingRunsTests : IAsyncDisposable
{
    private readonly TestWorkspace _workspace = new();

    [Fact]
    public async Task Status_says_so_in_json_and_by_its_exit_code()
    {
        var status = (await _workspace.RunAsync("status", "--json")).Expect(ExitCode.NotRunning).Json();

        Assert.False(status.GetProperty("running").GetBoolean());
        Assert.Empty(status.GetProperty("silos").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("database").ValueKind);
    }

    [Fact]
    public async Task Doctor_gives_every_check_a_verdict()
    {
        var report = (await _workspace.RunAsync("doctor", "--json")).Json();

        var checks = report.GetProperty("checks").EnumerateArray().ToDictionary(
            check => check.GetProperty("check").GetString()!, check => check.GetProperty("verdict").GetString());
        Assert.Equal("ok", checks[".NET SDK"]);
        Assert.Equal("ok", checks["PostgreSQL programs"]);
        Assert.Equal("warning", checks["database"]);
        Assert.Equal("warning", checks["silo"]);
        Assert.Contains("disk space", checks.Keys);
        Assert.Contains("ports", checks.Keys);
    }

    [Fact]
    public async Task Down_has_nothing_to_do()
    {
        var answer = (await _workspace.RunAsync("down")).Expect(ExitCode.Ok);

        Assert.Equal("Nothing was running.", answer.Output.Trim());
    }

    [Fact]
    public async Task A_named_database_that_does_not_answer_is_reported_and_nothing_is_started()
    {
        _workspace.SetEnvironment("ATLAS_DATABASE_URL", "postgresql://atlas:secret@127.0.0.1:1/atlas");

        (await _workspace.UpAsync()).ExpectSentence(ExitCode.CannotStart, "127.0.0.1:1/atlas does not answer");
        (await _workspace.RunAsync("session", "list")).ExpectSentence(ExitCode.NotRunning, "127.0.0.1:1/atlas does not answer");
        Assert.False(Directory.Exists(Path.Combine(_workspace.Home, "postgres")));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
