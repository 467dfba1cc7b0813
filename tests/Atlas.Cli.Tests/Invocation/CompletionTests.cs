using System.Diagnostics;
using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Invocation;

/// <summary>Completion, in a real bash that has sourced the script.</summary>
public sealed class CompletionTests : IAsyncDisposable
{
    private readonly TestWorkspace _workspace = new();

    [Theory]
    [InlineData("atlas playbook pro", "promote")]
    [InlineData("atlas playbook show --js", "--json")]
    [InlineData("atlas review list --status q", "quarantined")]
    [InlineData("atlas comp", "completion")]
    [InlineData("atlas completion f", "fish")]
    public async Task Bash_completes_a_word(string line, string expected) => Assert.Equal([expected], await CompleteAsync(line));

    [Fact]
    public async Task Bash_lists_what_can_follow_and_nothing_hidden()
    {
        var found = await CompleteAsync("atlas playbook ");

        Assert.Contains("stage", found);
        Assert.Contains("pin", found);
        Assert.DoesNotContain("suggest", await CompleteAsync("atlas completion "));
    }

    [Fact]
    public async Task Words_behind_the_cursor_do_not_matter()
    {
        const string Line = "atlas playbook sho some/key --json";

        Assert.Equal(["show"], await CompleteAsync(Line, "atlas playbook sho".Length));
    }

    [Theory]
    [InlineData("zsh", "compdef")]
    [InlineData("fish", "complete -c atlas")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task Other_shells_have_a_script_too(string shell, string part) =>
        Assert.Contains(part, (await _workspace.RunAsync("completion", shell)).Expect(ExitCode.Ok).Output, StringComparison.Ordinal);

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private async Task<string[]> CompleteAsync(string line, int? at = null)
    {
        var folder = Path.GetDirectoryName(await _workspace.WriteAsync("atlas", $"#!/bin/sh\nexec dotnet '{TestWorkspace.Program}' \"$@\"\n"))!;
        var start = new ProcessStartInfo("bash", ["--norc", "-c", """
            set -u
            chmod +x "$1/atlas"
            PATH="$1:$PATH"
            source <(atlas completion bash)
            complete -p atlas >/dev/null || exit 1
            COMP_LINE="$2"; COMP_POINT="$3"; COMP_WORDS=($2); COMP_CWORD=1
            _atlas_complete
            printf '%s\n' "${COMPREPLY[@]}"
            """, "bash", folder, line, (at ?? line.Length).ToString(System.Globalization.CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        using var bash = Process.Start(start)!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        Assert.Equal(0, bash.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
