using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

/// <summary>Experiments from the command line.</summary>
public sealed class ExperimentTests : IAsyncLifetime
{
    private readonly TestWorkspace _workspace = new();

    public async ValueTask InitializeAsync()
    {
        // The silo that other tests share draws nothing.
        _workspace.SetEnvironment("Atlas__Learning__Evidence__Enabled", null);
        (await _workspace.UpAsync()).Expect(ExitCode.Ok);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [Fact]
    public async Task An_experiment_says_what_it_takes_runs_is_shown_and_is_stopped_and_a_configuration_is_read_from_a_file()
    {
        await VersionsAsync();
        await ConfigurationAsync();
    }

    private async Task VersionsAsync()
    {
        const string Key = "experiment/versions";
        await ImportAsync(Key, "Look first.");

        var needed = (await _workspace.CallAsync("experiment", "start", Key, "--versions", "0,1", "--points", "10", "--dry-run")).Expect(ExitCode.Ok).Output;
        Assert.StartsWith("A difference of 10 points is seen after about 7", needed, StringComparison.Ordinal);
        (await _workspace.CallAsync("experiment", "show", Key)).ExpectSentence(ExitCode.NotFound, "has no experiments yet");
        (await _workspace.CallAsync("experiment", "start", Key, "--versions", "0,7", "--dry-run")).ExpectSentence(ExitCode.NotFound, "has no version 7");
        (await _workspace.CallAsync("experiment", "start", Key, "--entry", "mistyped", "--dry-run")).ExpectSentence(ExitCode.NotFound, "has no entry 'mistyped'");

        var started = (await _workspace.CallAsync("experiment", "start", Key, "--versions", "0,1", "--max-sessions", "40", "--reason", "is it any good", "--by", "ann")).Expect(ExitCode.Ok).Output;
        Assert.Contains("It ends after 40 sessions, so it will probably not reach a verdict", started, StringComparison.Ordinal);
        Assert.Contains("Experiment 1 is running: version 1 against version 0.", started, StringComparison.Ordinal);
        var shown = (await _workspace.CallAsync("experiment", "show", Key)).Expect(ExitCode.Ok).Output;
        Assert.Contains("by ann: is it any good", shown, StringComparison.Ordinal);
        Assert.Contains("Go on: version 1 against version 0: 0 sessions in the new arm, 0 in the other; about ", shown, StringComparison.Ordinal);
        var json = (await _workspace.CallAsync("experiment", "list", Key, "--json")).Expect(ExitCode.Ok).Json().GetProperty("experiments")[0];
        Assert.Equal(("running", "go_on"), (json.GetProperty("status").GetString(), json.GetProperty("decision").GetString()));

        (await _workspace.CallAsync("experiment", "conclude", Key)).ExpectSentence(ExitCode.Refused, "has no verdict yet, so it cannot be concluded");
        Assert.Contains("status     stopped", (await _workspace.CallAsync("experiment", "stop", Key)).Expect(ExitCode.Ok).Output, StringComparison.Ordinal);
        var history = (await _workspace.CallAsync("playbook", "history", Key)).Expect(ExitCode.Ok).Output;
        Assert.Contains("experiment 1 started", history, StringComparison.Ordinal);
        Assert.Contains("experiment 1 stopped", history, StringComparison.Ordinal);
    }

    private async Task ConfigurationAsync()
    {
        const string Key = "experiment/configuration";
        await ImportAsync(Key, "Look first.");
        var good = await _workspace.WriteAsync("arm.yaml", "model: other-model\nsystem_prompt: \"{base_prompt} Be brief.\"\n");
        var bad = await _workspace.WriteAsync("bad-arm.yaml", "model: other-model\ntemperature: 1\n");

        (await _workspace.CallAsync("experiment", "start", Key)).ExpectSentence(ExitCode.Usage, "exactly one of --versions, --entry and --configuration");
        (await _workspace.CallAsync("experiment", "start", Key, "--configuration", bad)).ExpectSentence(ExitCode.Failed, "bad-arm.yaml:2");
        var unknown = await _workspace.WriteAsync("unknown-arm.yaml", "synthesizer: nobody\n");
        Assert.Contains("has no synthesizer 'nobody'; it has offline.",
            (await _workspace.CallAsync("experiment", "start", Key, "--configuration", unknown)).Expect(ExitCode.Refused).Error, StringComparison.Ordinal);
        var offline = await _workspace.WriteAsync("offline-arm.yaml", "synthesizer: offline\n");
        Assert.Contains("no rewarded session that both synthesizers could learn from",
            (await _workspace.CallAsync("experiment", "start", Key, "--configuration", offline)).Expect(ExitCode.Refused).Error, StringComparison.Ordinal);
        (await _workspace.CallAsync("experiment", "start", Key, "--configuration", "no-such-file.yaml")).ExpectSentence(ExitCode.NotFound, "there is no such file");
        Assert.Contains("the model other-model, another system prompt against the configuration as it is",
            (await _workspace.CallAsync("experiment", "start", Key, "--configuration", good)).Expect(ExitCode.Ok).Output, StringComparison.Ordinal);
        (await _workspace.CallAsync("experiment", "stop", Key, "7")).ExpectSentence(ExitCode.NotFound, "has no experiment 7");
    }

    private async Task ImportAsync(string key, string text)
    {
        var file = await _workspace.WriteAsync(
            key.Replace('/', '-') + ".json", JsonSerializer.Serialize(new { format = "atlas.playbook.v1", student = new[] { text } }));
        (await _workspace.CallAsync("playbook", "import", key, file, "--reason", "to begin with")).Expect(ExitCode.Ok);
    }
}
