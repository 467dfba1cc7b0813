using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

/// <summary>Candidates, promotion and pins from the command line.</summary>
[Collection(SharedSilo.Name)]
public sealed class StagingTests(RunningWorkspace running)
{
    private readonly TestWorkspace _workspace = running.Workspace;

    [Fact]
    public async Task A_candidate_waits_is_promoted_and_is_taken_back()
    {
        const string Key = "staging/promote";
        await ImportAsync(Key, "Look first.");
        (await _workspace.CallAsync("playbook", "stage", Key, "--reason", "read them first", "--by", "ann")).Expect(ExitCode.Ok);
        await ImportAsync(Key, "Ask first.");

        var shown = await JsonAsync("playbook", "show", Key);
        Assert.Equal((1, 2, "Look first."), (shown.GetProperty("version").GetInt32(), shown.GetProperty("newest_version").GetInt32(), TextOf(shown)));
        Assert.Equal(("ann", "read them first"), (shown.GetProperty("staging").GetProperty("author").GetString(), shown.GetProperty("staging").GetProperty("reason").GetString()));
        var sheet = (await _workspace.CallAsync("playbook", "show", Key)).Expect(ExitCode.Ok).Output;
        Assert.Contains("version 2 waits to be promoted", sheet, StringComparison.Ordinal);
        Assert.Contains("staging   on by ann", sheet, StringComparison.Ordinal);

        var promoted = await JsonAsync("playbook", "promote", Key, "--reason", "read and found good");
        Assert.Equal((2, 2, true), (promoted.GetProperty("version").GetInt32(), promoted.GetProperty("current").GetInt32(), promoted.GetProperty("changed").GetBoolean()));
        Assert.Equal("Ask first.", TextOf(await JsonAsync("playbook", "show", Key)));

        var back = await JsonAsync("playbook", "promote", Key, "1", "--reason", "not that good");
        Assert.Equal((2, 1), (back.GetProperty("version").GetInt32(), back.GetProperty("current").GetInt32()));
        Assert.Equal("Look first.", (await JsonAsync("playbook", "resolve", Key)).GetProperty("student").GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_pin_shows_in_list_and_history_until_it_is_taken_away()
    {
        const string Key = "staging/pin";
        await ImportAsync(Key, "Look first.");
        await ImportAsync(Key, "Ask first.");

        await JsonAsync("playbook", "pin", Key, "1", "--reason", "audit of version 1");

        var listed = (await JsonAsync("playbook", "list")).EnumerateArray().Single(key => key.GetProperty("learning_key").GetString() == Key);
        Assert.Equal((2, 1, 1), (listed.GetProperty("version").GetInt32(), listed.GetProperty("served_version").GetInt32(), listed.GetProperty("pinned_version").GetInt32()));
        var history = (await JsonAsync("playbook", "history", Key)).EnumerateArray().ToList();
        Assert.Equal([false, true], history.Select(version => version.GetProperty("current").GetBoolean()));
        var decision = Assert.Single(history[1].GetProperty("decisions").EnumerateArray());
        Assert.Equal(("pinned", "tester", "audit of version 1"), (decision.GetProperty("what").GetString(), decision.GetProperty("author").GetString(), decision.GetProperty("reason").GetString()));
        var rows = (await _workspace.CallAsync("playbook", "history", Key)).Expect(ExitCode.Ok).Output.Split('\n');
        Assert.Contains(rows, row => row.Contains("pinned", StringComparison.Ordinal) && row.Contains("audit of version 1", StringComparison.Ordinal));
        (await _workspace.CallAsync("playbook", "rollback", Key, "1", "--reason", "why")).ExpectSentence(ExitCode.Refused, "pinned to version 1 by tester");

        Assert.Equal(2, (await JsonAsync("playbook", "unpin", Key)).GetProperty("current").GetInt32());
        Assert.Equal("Ask first.", TextOf(await JsonAsync("playbook", "show", Key)));
    }

    [Fact]
    public async Task What_cannot_be_served_is_said()
    {
        const string Key = "staging/refused";
        await ImportAsync(Key, "Look first.");

        (await _workspace.CallAsync("playbook", "promote", Key, "0", "--reason", "why")).ExpectSentence(ExitCode.Refused, "not staged");
        (await _workspace.CallAsync("playbook", "pin", Key, "9", "--reason", "why")).ExpectSentence(ExitCode.NotFound, "has no version 9");
        (await _workspace.CallAsync("playbook", "stage", "no/such", "--reason", "why")).ExpectSentence(ExitCode.NotFound, "There is no learning key 'no/such'");
        (await _workspace.CallAsync("playbook", "unpin", Key)).Expect(ExitCode.Ok);
    }

    private static string? TextOf(JsonElement shown) => shown.GetProperty("roles").GetProperty("student").GetProperty("text").GetString();

    private async Task ImportAsync(string key, string text)
    {
        var file = await _workspace.WriteAsync(
            key.Replace('/', '-') + ".json", JsonSerializer.Serialize(new { format = "atlas.playbook.v1", student = new[] { text } }));
        (await _workspace.CallAsync("playbook", "import", key, file, "--reason", "to begin with")).Expect(ExitCode.Ok);
    }

    private async Task<JsonElement> JsonAsync(params string[] arguments) =>
        (await _workspace.CallAsync([.. arguments, "--json"])).Expect(ExitCode.Ok).Json();
}
