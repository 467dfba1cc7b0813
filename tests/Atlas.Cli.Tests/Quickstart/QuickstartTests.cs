using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Quickstart;

public sealed class QuickstartTests : IAsyncDisposable
{
    private readonly TestWorkspace _workspace = new();

    [Fact]
    public async Task Quickstart_learns_from_the_samples_and_shows_the_next_prompt_and_can_be_repeated()
    {
        var first = (await _workspace.QuickstartAsync()).Expect(ExitCode.Ok);
        var second = (await _workspace.QuickstartAsync()).Expect(ExitCode.Ok);

        Assert.Contains(">>> Student Playbook >>>", first.Output, StringComparison.Ordinal);
        Assert.Contains("What next", first.Output, StringComparison.Ordinal);
        Assert.Contains("imported       0 sessions", second.Output, StringComparison.Ordinal);
        Assert.Equal(PromptOf(first), PromptOf(second));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private static string PromptOf(CommandResult quickstart)
    {
        var begin = quickstart.Output.IndexOf("4. The prompt of the next session", StringComparison.Ordinal);
        return quickstart.Output[begin..];
    }
}
