using System.Diagnostics;
using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

/// <summary>The grouped list, and the review that asks one session after the other.</summary>
[Collection(SharedSilo.Name)]
public sealed class ReviewSessionsTests(RunningWorkspace running)
{
    private readonly TestWorkspace _workspace = running.Workspace;

    [Fact]
    public async Task Sessions_are_grouped_by_status_with_reward_and_deltas()
    {
        var desk = await SampleSessions.ImportAsync(_workspace, "operating/grouped");
        var first = (await desk.PendingAsync())[0].GetProperty("id").GetRawText();
        (await _workspace.CallAsync("review", "quarantine", first, "--note", "the tool was broken")).Expect(ExitCode.Ok);

        var shown = (await _workspace.CallAsync("review", "sessions", "--key", desk.Key, "--limit", "3")).Expect(ExitCode.Ok).Output;

        Assert.Contains("Status: pending (3 sessions)", shown, StringComparison.Ordinal);
        Assert.Contains("Status: quarantined (1 session)", shown, StringComparison.Ordinal);
        Assert.Contains("Status: approved (0 sessions)\n  (none)", shown.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Matches(@"(?m)^ *\d+ (ALERT|ok   ) scoreΔ=([+-]\d\.\d\d|n/a) uncΔ=([+-]\d\.\d\d|n/a) reward=\d\.\d\d\S*( \(n=\d+\))? \d{4}-\d\d-\d\d", shown);
        Assert.Contains("notes: the tool was broken", shown, StringComparison.Ordinal);

        var groups = (await _workspace.CallAsync("review", "sessions", "--key", desk.Key, "--status", "quarantined", "--json")).Expect(ExitCode.Ok).Json();
        var group = Assert.Single(groups.EnumerateArray());
        Assert.Equal(first, Assert.Single(group.GetProperty("sessions").EnumerateArray()).GetProperty("id").GetRawText());
    }

    [Fact]
    public async Task Without_a_terminal_the_asking_review_names_what_to_use_instead() =>
        (await _workspace.CallAsync("review", "next")).ExpectSentence(ExitCode.CannotStart, "In scripts, use `atlas review sessions`");

    [Fact]
    public async Task At_a_terminal_one_session_after_the_other_is_decided()
    {
        var desk = await SampleSessions.ImportAsync(_workspace, "operating/asked");
        var ids = (await desk.PendingAsync()).EnumerateArray().Select(session => session.GetProperty("id").GetRawText()).ToArray();

        // Approve the first, quarantine the second with a note, skip the third, leave.
        var screen = await AskAsync($"review next --key {desk.Key} --by ann", "anbroken tool\nqsx");

        Assert.Contains($"session {ids[0]}", screen, StringComparison.Ordinal);
        Assert.Contains("task ", screen, StringComparison.Ordinal);
        Assert.Contains("teaches ", screen, StringComparison.Ordinal);
        Assert.Contains("1 approved, 1 quarantined, 1 skipped", screen, StringComparison.Ordinal);
        var decided = (await _workspace.CallAsync("session", "show", ids[1], "--json")).Expect(ExitCode.Ok).Json();
        Assert.Equal(
            ("quarantined", "ann", "broken tool"),
            (decided.GetProperty("review_status").GetString(), decided.GetProperty("reviewed_by").GetString(), decided.GetProperty("review_notes").GetString()));
        Assert.Equal("approved", (await _workspace.CallAsync("session", "show", ids[0], "--json")).Json().GetProperty("review_status").GetString());
        Assert.Equal("pending", (await _workspace.CallAsync("session", "show", ids[2], "--json")).Json().GetProperty("review_status").GetString());
    }

    /// <summary>Runs a command on a terminal of its own, and presses each key once the program has asked for it.</summary>
    private async Task<string> AskAsync(string command, string keys)
    {
        var start = new ProcessStartInfo("script", ["-qefc", $"dotnet {TestWorkspace.Program} {command}", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(_workspace.Home)!,
        };
        start.Environment["ATLAS_HOME"] = _workspace.Home;
        start.Environment["TERM"] = "xterm";
        start.Environment.Remove("ATLAS_DATABASE_URL");
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var screen = new System.Text.StringBuilder();
        var buffer = new char[4096];
        var asked = 0;
        var pressed = 0;
        int read;
        while ((read = await process.StandardOutput.ReadAsync(buffer, patience.Token)) > 0)
        {
            screen.Append(buffer, 0, read);
            var questions = screen.ToString().Split("e[x]it: ").Length - 1 + screen.ToString().Split("Note: ").Length - 1;
            for (; asked < questions && pressed < keys.Length; asked++)
            {
                // A note is typed as a line, every other answer is one key.
                var end = keys.IndexOf('\n', pressed) is var newline && asked > 0 && keys[pressed - 1] == 'n' && newline > pressed ? newline + 1 : pressed + 1;
                await process.StandardInput.WriteAsync(keys.AsMemory(pressed, end - pressed), patience.Token);
                await process.StandardInput.FlushAsync(patience.Token);
                pressed = end;
            }
        }

        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, screen.ToString());
        return screen.ToString();
    }
}
