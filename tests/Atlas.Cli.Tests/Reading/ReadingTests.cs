using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Reading;

[Collection(SharedSilo.Name)]
public sealed class ReadingTests(RunningWorkspace running) : IAsyncLifetime
{
    private const string Key = RunningWorkspace.LearnedKey;
    private readonly TestWorkspace _workspace = running.Workspace;

    public async ValueTask InitializeAsync() => await running.LearnedAsync();

    [Fact]
    public async Task A_session_list_names_what_scripts_need()
    {
        var sessions = await JsonAsync("session", "list", "--key", Key, "--limit", "3");

        Assert.Equal(3, sessions.GetArrayLength());
        var newest = sessions[0];
        foreach (var name in (string[])["id", "task", "status", "review_status", "reward", "created_at", "playbook_sha256"])
        {
            Assert.True(newest.TryGetProperty(name, out _), $"{name} is missing");
        }

        Assert.True(newest.GetProperty("id").GetInt64() > sessions[1].GetProperty("id").GetInt64());
        Assert.Equal("approved", newest.GetProperty("review_status").GetString());
    }

    [Fact]
    public async Task Sessions_can_be_chosen_by_status_and_review()
    {
        Assert.Equal(0, (await JsonAsync("session", "list", "--key", Key, "--status", "running")).GetArrayLength());
        Assert.Equal(RunningWorkspace.LearnedSessions, (await JsonAsync("session", "list", "--key", Key, "--limit", "100", "--review", "approved")).GetArrayLength());
        Assert.Equal(0, (await JsonAsync("session", "list", "--key", "no/such")).GetArrayLength());
    }

    [Fact]
    public async Task A_session_is_shown_with_its_events()
    {
        var id = (await JsonAsync("session", "list", "--key", Key, "--limit", "1"))[0].GetProperty("id").GetRawText();

        var session = await JsonAsync("session", "show", id);
        var sheet = (await _workspace.CallAsync("session", "show", id)).Expect(ExitCode.Ok);

        Assert.Equal(session.GetProperty("event_count").GetInt32(), session.GetProperty("events").GetArrayLength());
        Assert.Contains("cancel_order", sheet.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_playbook_is_shown_listed_resolved_and_archived_as_the_same()
    {
        var shown = await JsonAsync("playbook", "show", Key);
        var listed = (await JsonAsync("playbook", "list")).EnumerateArray()
            .Single(key => key.GetProperty("learning_key").GetString() == Key);
        var resolved = await JsonAsync("playbook", "resolve", Key);
        var newest = (await JsonAsync("playbook", "history", Key))[0];

        Assert.Equal(RunningWorkspace.LearnedSessions, shown.GetProperty("sessions_applied").GetInt32());
        Assert.Equal(0, shown.GetProperty("pending").GetInt32());
        var version = shown.GetProperty("version").GetInt32();
        Assert.True(version > 0, "sixty contrasting sessions taught nothing");
        Assert.Equal(version, listed.GetProperty("version").GetInt32());
        Assert.Equal(version, resolved.GetProperty("version").GetInt32());
        Assert.Equal(version, newest.GetProperty("version").GetInt32());

        var student = shown.GetProperty("roles").GetProperty("student");
        var sha256 = student.GetProperty("sha256").GetString();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(student.GetProperty("text").GetString()!))), sha256);
        Assert.Equal(sha256, resolved.GetProperty("student").GetProperty("sha256").GetString());
        Assert.Equal(sha256, newest.GetProperty("student_sha256").GetString());
        Assert.Equal(JsonValueKind.Object, shown.GetProperty("roles").GetProperty("teacher").ValueKind);
        Assert.Equal(listed.GetProperty("entries").GetInt32(), shown.GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public async Task What_is_shown_is_the_row_of_the_registry()
    {
        var shown = await JsonAsync("playbook", "show", Key);
        await using var database = await _workspace.DatabaseAsync();
        await using var command = database.CreateCommand("SELECT student_learning FROM learning_registry WHERE learning_key = $1");
        command.Parameters.Add(new() { Value = Key });

        var registered = (string?)await command.ExecuteScalarAsync();

        Assert.Equal(shown.GetProperty("roles").GetProperty("student").GetProperty("text").GetString(), registered);
    }

    [Fact]
    public async Task The_block_for_a_prompt_goes_to_standard_output()
    {
        var resolved = (await _workspace.CallAsync("playbook", "resolve", Key)).Expect(ExitCode.Ok);

        Assert.StartsWith(">>> Student Playbook >>>", resolved.Output, StringComparison.Ordinal);
        Assert.Contains("version ", resolved.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show")]
    [InlineData("history")]
    [InlineData("resolve")]
    public async Task An_unknown_key_is_said_to_be_unknown(string command)
    {
        (await _workspace.CallAsync("playbook", command, "no/such/key"))
            .ExpectSentence(ExitCode.NotFound, "There is no learning key 'no/such/key'");
        Assert.DoesNotContain(
            (await JsonAsync("playbook", "list")).EnumerateArray(),
            key => key.GetProperty("learning_key").GetString() == "no/such/key");
    }

    [Fact]
    public async Task An_unknown_session_is_said_to_be_unknown() =>
        (await _workspace.CallAsync("session", "show", "999999")).ExpectSentence(ExitCode.NotFound, "There is no session 999999");

    [Fact]
    public async Task Tables_carry_no_colours_into_a_pipe()
    {
        var listed = (await _workspace.CallAsync("playbook", "list")).Expect(ExitCode.Ok);

        Assert.Contains(Key, listed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', listed.Output);
        Assert.DoesNotContain('\u001b', listed.Error);
    }

    [Fact]
    public async Task Doctor_finds_a_running_silo_well()
    {
        var report = await JsonAsync("doctor");

        Assert.True(report.GetProperty("healthy").GetBoolean());
        Assert.All(
            report.GetProperty("checks").EnumerateArray().Where(check => check.GetProperty("check").GetString() is "silo" or "database"),
            check => Assert.Equal("ok", check.GetProperty("verdict").GetString()));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<JsonElement> JsonAsync(params string[] arguments) =>
        (await _workspace.CallAsync([.. arguments, "--json"])).Expect(ExitCode.Ok).Json();
}
