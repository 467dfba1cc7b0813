using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Atlas.Testing;
using Atlas.Testing.Shapes;
using Xunit;

namespace Atlas.Cli.Tests.Reports;

/// <summary>The report of two hundred recorded runs beside the same figures, computed here from the file itself.</summary>
[Collection(SharedSilo.Name)]
public sealed class RecordedReportTests(RunningWorkspace running)
{
    private const string Key = "report/airline";
    private const int Recent = 20;
    private const int Baseline = 50;

    private readonly TestWorkspace _workspace = running.Workspace;

    [Fact]
    public async Task The_figures_are_those_of_the_file()
    {
        var file = RecordedData.Require("tau-airline-gpt-4o.json");
        (await _workspace.CallAsync("import", "tau-bench", file, "--key", Key, "--approve", "--concurrency", "1")).Expect(ExitCode.Ok);
        var folder = _workspace.PathOf("recorded-report");
        var index = (await _workspace.CallAsync(
            "report", "--key", Key, "--recent-window", "20", "--baseline-window", "50", "--output-dir", folder, "--json")).Expect(ExitCode.Ok).Json();
        var name = index.GetProperty("artifacts").GetProperty(Key).GetProperty("json").GetString()!;
        var report = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(folder, name)));

        using var source = JsonDocument.Parse(await File.ReadAllBytesAsync(file));
        var scores = source.RootElement.EnumerateArray().Select(run => run.GetProperty("reward").GetDouble()).ToArray();
        Assert.Equal(200, report.GetProperty("session_count").GetInt32());
        var reward = report.GetProperty("reward");
        Assert.Equal(0.42, reward.GetProperty("overall_mean").GetDouble(), 9);
        Assert.Equal(scores.Average(), reward.GetProperty("overall_mean").GetDouble(), 9);
        Assert.Equal(scores.TakeLast(Recent).Average(), reward.GetProperty("recent_mean").GetDouble(), 9);
        Assert.Equal(Recent, reward.GetProperty("recent_count").GetInt32());
        Assert.Equal(scores.SkipLast(Recent).TakeLast(Baseline).Average(), reward.GetProperty("baseline_mean").GetDouble(), 9);
        Assert.Equal(Baseline, reward.GetProperty("baseline_count").GetInt32());
        Assert.Equal(scores[^1], reward.GetProperty("latest_score").GetDouble());
        Assert.Equal(200, report.GetProperty("review_statuses").GetProperty("approved").GetInt32());
        Assert.Empty(report.GetProperty("adaptive_modes").EnumerateObject());
        Assert.Equal(200, report.GetProperty("evidence").GetProperty("recorded_sessions").GetInt32());
        var sessions = report.GetProperty("sessions").EnumerateArray().ToList();
        Assert.Equal(scores, sessions.Select(session => session.GetProperty("reward_score").GetDouble()));
        Assert.All(sessions, session => Assert.True(session.GetProperty("trajectory_events").GetInt32() > 0));
        Assert.Contains("outcomes were fixed before", await File.ReadAllTextAsync(Path.Combine(folder, Path.ChangeExtension(name, ".md"))), StringComparison.Ordinal);

        var again = (await _workspace.CallAsync(
            "report", "--key", Key, "--summary-only", "--compare-to", Path.Combine(folder, "index.json"), "--output-dir", _workspace.PathOf("later"),
            "--prompt-variant", "b", "--json")).Expect(ExitCode.Ok).Json();
        Assert.Equal(0, again.GetProperty("comparisons").GetProperty(Key).GetProperty("session_count_delta").GetInt32());
        Assert.Equal("b", again.GetProperty("run_metadata").GetProperty("prompt_variant").GetString());
    }

    [Fact]
    public async Task What_imports_wrote_has_the_shapes_of_the_data_model()
    {
        await running.LearnedAsync();
        var desk = await SampleSessions.ImportAsync(_workspace, "report/shapes");
        await desk.TeachAsync();
        await using var database = await _workspace.DatabaseAsync();
        var (problems, looked) = await StoredShapes.CheckAsync(database);
        Assert.Empty(problems);
        Assert.True(looked["sessions.metadata"] >= 100, "hardly a session was looked at");
        Assert.True(looked["trajectory_events.event"] >= 100, "hardly an event was looked at");
        Assert.True(looked["learning_registry.metadata"] >= 2, "hardly a playbook was looked at");
    }
}
