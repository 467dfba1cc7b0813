using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

public sealed class ConfigurationTests : IAsyncDisposable
{
    private readonly TestWorkspace _workspace = new();

    [Fact]
    public async Task A_broken_file_is_explained_by_line_key_value_and_what_is_allowed()
    {
        await _workspace.WriteAsync("broken.yaml", "learning:\n  history_limit: 500\n  gates:\n    max_text_lenght: 3\n");

        var said = (await _workspace.RunAsync("config", "check", "broken.yaml"))
            .ExpectSentence(ExitCode.Failed, "broken.yaml:2: learning.history_limit is 500, but must be a whole number from 1 to 200.");
        var report = (await _workspace.RunAsync("config", "check", "broken.yaml", "--json")).Expect(ExitCode.Failed).Json();

        Assert.Contains("broken.yaml:4: learning.gates.max_text_lenght is not a known key; did you mean max_text_length?", said.Error, StringComparison.Ordinal);
        Assert.False(report.GetProperty("valid").GetBoolean());
        Assert.Equal([2, 4], report.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("source").GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task A_valid_file_may_still_be_warned_about()
    {
        await _workspace.WriteAsync("odd.yaml", "learning: { pruning_config: { min_reward_delta: -0.5 } }\n");

        var checkedFile = (await _workspace.RunAsync("config", "check", "odd.yaml")).Expect(ExitCode.Ok);
        var asAgent = await _workspace.RunAsync("config", "check", "odd.yaml", "--profile", "agent");

        Assert.Equal("odd.yaml is valid.", checkedFile.Output.Trim());
        Assert.Contains("warning: odd.yaml:1: learning.pruning_config.min_reward_delta is -0.5", checkedFile.Error, StringComparison.Ordinal);
        asAgent.ExpectSentence(ExitCode.Failed, "agent is missing");
    }

    [Fact]
    public async Task What_is_in_force_is_shown_with_its_source_and_without_secrets()
    {
        await _workspace.WriteAsync("first.yaml", "learning: { history_limit: 20 }\nstorage: { database_url: 'postgresql://atlas:hunter2@db.test/atlas' }\n");
        await _workspace.WriteAsync("second.yaml", "learning: { update_enabled: false }\n");
        _workspace.SetEnvironment("ATLAS_DRIFT_WINDOW", "33");

        var shown = (await _workspace.RunAsync("config", "show", "first.yaml", "second.yaml", "--json")).Expect(ExitCode.Ok);
        var lines = (await _workspace.RunAsync("config", "show", "first.yaml", "second.yaml")).Expect(ExitCode.Ok).Output.Split('\n');

        Assert.Contains("learning.history_limit = 20 (first.yaml:1)", lines);
        Assert.Contains("learning.update_enabled = false (second.yaml:1)", lines);
        Assert.Contains("runtime_safety.drift.window = 33 (environment variable ATLAS_DRIFT_WINDOW)", lines);
        Assert.Contains("learning.apply_to_prompts = true (default)", lines);
        Assert.DoesNotContain("hunter2", shown.Output + string.Join('\n', lines), StringComparison.Ordinal);
        var window = shown.Json().GetProperty("values").EnumerateArray()
            .Single(value => value.GetProperty("path").GetString() == "runtime_safety.drift.window");
        Assert.Equal(33, window.GetProperty("value").GetInt32());
        Assert.Equal("environment", window.GetProperty("source").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Nothing_is_started_with_a_broken_file()
    {
        await _workspace.WriteAsync("broken.yaml", "learning: { history_limit: 500 }\n");

        var answer = await _workspace.RunAsync("up", "--detach", "--config", "broken.yaml");

        answer.ExpectSentence(ExitCode.CannotStart, "broken.yaml:1: learning.history_limit is 500");
        Assert.False(Directory.Exists(Path.Combine(_workspace.Home, "postgres")));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        (await _workspace.RunAsync("config", "check", "no-such.yaml")).ExpectSentence(ExitCode.NotFound, "There is no file no-such.yaml.");
        (await _workspace.RunAsync("config", "show", "no-such.yaml")).ExpectSentence(ExitCode.NotFound, "There is no file no-such.yaml.");
        (await _workspace.RunAsync("up", "--config", "no-such.yaml")).ExpectSentence(ExitCode.NotFound, "There is no file no-such.yaml.");
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
