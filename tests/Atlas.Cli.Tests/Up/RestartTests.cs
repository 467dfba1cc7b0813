using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Up;

public sealed class RestartTests : IAsyncDisposable
{
    private const string Key = "restart/desk";
    private readonly TestWorkspace _workspace = new();

    [Fact]
    public async Task A_playbook_is_the_same_after_a_restart()
    {
        var file = await _workspace.WriteAsync("runs.json", TauBenchFile.Of(60));
        (await _workspace.UpAsync()).Expect(ExitCode.Ok);
        (await _workspace.RunAsync("import", "tau-bench", file, "--key", Key, "--approve")).Expect(ExitCode.Ok);
        var shownBefore = (await _workspace.RunAsync("playbook", "show", Key, "--json")).Expect(ExitCode.Ok).Output;
        var resolvedBefore = (await _workspace.RunAsync("playbook", "resolve", Key, "--json")).Expect(ExitCode.Ok).Output;

        (await _workspace.RunAsync("down")).Expect(ExitCode.Ok);
        (await _workspace.UpAsync()).Expect(ExitCode.Ok);

        Assert.Equal(shownBefore, (await _workspace.RunAsync("playbook", "show", Key, "--json")).Expect(ExitCode.Ok).Output);
        Assert.Equal(resolvedBefore, (await _workspace.RunAsync("playbook", "resolve", Key, "--json")).Expect(ExitCode.Ok).Output);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
