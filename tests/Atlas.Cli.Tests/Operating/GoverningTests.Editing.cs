using Atlas.Cli.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

public sealed partial class GoverningTests
{
    [Fact]
    public async Task An_edit_is_a_version_and_a_broken_one_is_kept()
    {
        const string Key = "governing/edit";
        await BeginAsync(Key, "edit.json");

        _workspace.SetEnvironment("EDITOR", "true");
        Assert.False((await JsonAsync("playbook", "edit", Key)).GetProperty("changed").GetBoolean());

        _workspace.SetEnvironment("EDITOR", "sed -i 's/\"imperative\": \".*\"/\"imperative\": \"Ask first.\"/'");
        Assert.Equal(2, (await JsonAsync("playbook", "edit", Key, "--reason", "be polite")).GetProperty("version").GetInt32());
        var newest = (await JsonAsync("playbook", "history", Key))[0];
        Assert.Equal("edit", newest.GetProperty("cause").GetString());
        Assert.Equal("be polite", newest.GetProperty("reason").GetString());

        _workspace.SetEnvironment("EDITOR", "sed -i 's/\"entries\"/\"entrees\"/'");
        var broken = (await _workspace.CallAsync("playbook", "edit", Key)).ExpectSentence(ExitCode.Failed, "'entrees' is unknown");
        var kept = broken.Error.Split("Your text is kept in ")[1].Split(". Correct it")[0];
        Assert.Contains("entrees", await File.ReadAllTextAsync(kept), StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(kept)!, recursive: true);

        _workspace.SetEnvironment("EDITOR", "no-such-editor");
        var missing = (await _workspace.CallAsync("playbook", "edit", Key)).ExpectSentence(ExitCode.CannotStart, "no-such-editor");
        Assert.DoesNotContain("is kept", missing.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await JsonAsync("playbook", "show", Key)).GetProperty("version").GetInt32());
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_text_that_was_saved_before_the_command_was_stopped_is_kept(string signal)
    {
        var key = $"governing/edit-{signal}";
        await BeginAsync(key, $"edit-{signal}.json");
        var (saved, go) = (_workspace.PathOf($"saved-{signal}"), _workspace.PathOf($"go-{signal}"));
        var editor = await _workspace.WriteAsync(
            $"saving-{signal}.sh", $"sed -i 's/before/my own words/' \"$1\"; touch '{saved}'; until [ -e '{go}' ]; do sleep 0.05; done\n");
        _workspace.SetEnvironment("EDITOR", $"sh '{editor}'");
        using var edit = _workspace.Start("playbook", "edit", key);
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(saved)), TimeSpan.FromMinutes(1), "a saved text");

        Shell.Signal(signal, edit.Id);
        await Eventually.TrueAsync(() => Task.FromResult(edit.HasEnded), TimeSpan.FromMinutes(1), "the end of the command");
        await File.WriteAllTextAsync(go, "");

        var stopped = (await edit.ResultAsync()).ExpectSentence(ExitCode.Interrupted, "Stopped. Your text is kept in ");
        var kept = stopped.Error.Split("Your text is kept in ")[1].Split(". Import it")[0];
        Assert.Contains("my own words", await File.ReadAllTextAsync(kept), StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(kept)!, recursive: true);
    }

    [Fact]
    public async Task An_edit_does_not_revert_what_was_changed_while_the_editor_was_open()
    {
        const string Key = "governing/edit-race";
        var changed = await ChangedAsync(await BeginAsync(Key, "edit-race.json"), "edit-race-changed.json", "Ask twice.");
        var (begun, go) = (_workspace.PathOf("edit-begun"), _workspace.PathOf("edit-go"));
        var editor = await _workspace.WriteAsync("slow-editor.sh", $"touch '{begun}'; until [ -e '{go}' ]; do sleep 0.05; done; exec sed -i 's/before/after/' \"$1\"\n");
        _workspace.SetEnvironment("EDITOR", $"sh '{editor}'");

        var edit = _workspace.CallAsync("playbook", "edit", Key);
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(begun)), TimeSpan.FromMinutes(1), "an open editor");
        await JsonAsync("playbook", "import", Key, changed, "--reason", "learned meanwhile");
        await File.WriteAllTextAsync(go, "");

        var refused = (await edit).ExpectSentence(ExitCode.Refused, "While you edited version 1 of governing/edit-race, it changed to version 2.");
        Assert.Contains("Your text is kept in ", refused.Error, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(refused.Error.Split("Your text is kept in ")[1].Split(". Correct it")[0])!, recursive: true);
        Assert.Equal(2, (await JsonAsync("playbook", "show", Key)).GetProperty("version").GetInt32());
    }
}
