using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Invocation;

public sealed class UsageTests : IAsyncDisposable
{
    private readonly TestWorkspace _workspace = new();

    [Fact]
    public async Task Without_a_command_the_help_is_shown()
    {
        var shown = (await _workspace.RunAsync()).Expect(ExitCode.Ok);

        foreach (var command in (string[])["quickstart", "up", "down", "status", "doctor", "import", "session", "playbook", "review", "config", "bench", "test"])
        {
            Assert.Contains($"  {command}", shown.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_version_is_one_line_on_standard_output()
    {
        var shown = (await _workspace.RunAsync("--version")).Expect(ExitCode.Ok);

        Assert.Matches(@"^\d+\.\d+\.\d+\S*\s$", shown.Output);
    }

    [Theory]
    [InlineData("sesion list", "sesion")]
    [InlineData("ip", "'ip' is not a command of 'atlas'; did you mean 'up'?")]
    [InlineData("session lst", "'lst' is not a command of 'atlas session'; did you mean 'list'?")]
    [InlineData("history", "did you mean 'atlas playbook history'?")]
    [InlineData("version", "did you mean '--version'?")]
    [InlineData("up --detatch", "'--detatch' is not an option of 'atlas up'; did you mean '--detach'?")]
    [InlineData("up --http 7001", "did you mean '--http-port'?")]
    [InlineData("up -detach", "'-detach' is not an option of 'atlas up'; did you mean '--detach'?")]
    [InlineData("playbook show --jsn", "'--jsn' is not an option of 'atlas playbook show'; did you mean '--json'?")]
    [InlineData("import tau-bench runs.json --kye k", "did you mean '--key'?")]
    [InlineData("session list --status runing", "--status is 'runing'; it must be running, succeeded or failed; did you mean 'running'?")]
    [InlineData("completion bsh", "did you mean 'bash'?")]
    [InlineData("status now", "'atlas status' takes no arguments, but got 'now'.")]
    [InlineData("playbook show a b", "'atlas playbook show' has no place for the argument 'b'.")]
    [InlineData("playbook show", "'atlas playbook show' needs KEY: The learning key")]
    [InlineData("session", "'atlas session' needs one of: list, show")]
    [InlineData("session list --limt 3", "--limt")]
    [InlineData("session list --limit 0", "--limit is '0'; it must be a whole number from 1")]
    [InlineData("session list --limit many", "--limit is 'many'")]
    [InlineData("session list --status done", "done")]
    [InlineData("session show seven", "'seven' is not a session number")]
    [InlineData("up --http-port 70000", "from 1 to 65535")]
    [InlineData("up --http-port 7001 --silo-port 7001", "--silo-port and --http-port are both 7001")]
    [InlineData("import tau-bench runs.json", "--key")]
    [InlineData("import tau-bench runs.json --key k --concurrency 0", "from 1 to 256")]
    [InlineData("import tau-bench runs.json --key k --reviewer ann", "--approve")]
    [InlineData("playbook rollback some/key 1", "--reason")]
    [InlineData("playbook rollback some/key one --reason why", "'one' is not a version")]
    [InlineData("playbook diff some/key -1", "-1")]
    [InlineData("review approve", "Name sessions by number, or select finished ones with --key")]
    [InlineData("review approve 3 --key k", "not both")]
    [InlineData("review approve 3 --limit 4", "--status and --limit need --key")]
    [InlineData("review quarantine", "Name sessions by number, or select finished ones with --key")]
    [InlineData("review quarantine 3 --key k", "not both")]
    [InlineData("review quarantine 3 --status approved", "--status and --limit need --key")]
    [InlineData("review quarantine seven", "'seven' is not a session number")]
    [InlineData("review next --json", "List the same sessions with `atlas review sessions --json`")]
    [InlineData("forget --where before=12/01/2026", "--where before is '12/01/2026'; it must be a date such as 2026-05-31")]
    [InlineData("forget --where after=10:00", "--where after is '10:00'; it must be a date such as 2026-05-31")]
    [InlineData("export --output a.jsonl --since 12/01/2026", "--since is '12/01/2026'; it must be a time such as 2026-03-01")]
    [InlineData("export --output a.jsonl --until 10:00", "--until is '10:00'")]
    [InlineData("report --since 12/01/2026", "--since is '12/01/2026'; it must be a time such as 2026-03-01")]
    [InlineData("config check", "FILE")]
    [InlineData("config check a.yaml --profile silo", "silo")]
    public async Task A_wrong_command_line_is_explained_on_standard_error(string line, string part)
    {
        var answer = await _workspace.CallAsync(line.Split(' '));

        answer.ExpectSentence(ExitCode.Usage, part);
    }

    [Fact]
    public async Task What_is_no_command_at_all_is_not_taken_for_one() =>
        Assert.DoesNotContain("did you mean", (await _workspace.CallAsync("xyzzy")).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Help_is_a_command_too() => Assert.Equal(
        (await _workspace.CallAsync("up", "--help")).Expect(ExitCode.Ok).Output, (await _workspace.CallAsync("help", "up")).Expect(ExitCode.Ok).Output);

    [Theory]
    [InlineData("playbook", "freeze", "some/key", "--reason", " ")]
    [InlineData("playbook", "unfreeze", "some/key", "--by", "")]
    [InlineData("review", "approve", "3", "--by", " ")]
    [InlineData("review", "quarantine", "3", "--note", " ")]
    public async Task A_blank_is_no_author_no_reason_and_no_note(params string[] line) =>
        (await _workspace.CallAsync(line)).ExpectSentence(ExitCode.Usage, $"{line[^2]} is empty. Give ");

    [Fact]
    public async Task A_database_address_that_is_none_is_explained_without_its_password()
    {
        var answer = await _workspace.CallAsync("up", "--detach", "--database", "mysql://root:hunter2@localhost/db");

        answer.ExpectSentence(ExitCode.Usage, "only postgresql:// is supported");
        Assert.DoesNotContain("hunter2", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Importing_what_is_not_there_names_it()
    {
        (await _workspace.CallAsync("import", "tau-bench", "no-such.json", "--key", "k"))
            .ExpectSentence(ExitCode.NotFound, "There is no file no-such.json.");
        (await _workspace.CallAsync("import", "alfworld", "no-such-folder", "--key", "k"))
            .ExpectSentence(ExitCode.NotFound, "There is no folder no-such-folder.");
    }

    [Fact]
    public async Task Debug_adds_the_details_of_a_failure()
    {
        var answer = await _workspace.RunAsync("session", "list", "--debug");

        Assert.Equal((int)ExitCode.NotRunning, answer.ExitCode);
        Assert.Contains("   at ", answer.Error, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
