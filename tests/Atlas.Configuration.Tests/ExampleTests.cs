using Atlas.Configuration.Agents;
using Atlas.Configuration.Checking;
using Atlas.Configuration.Tests.Support;
using Atlas.Learning.Options;

namespace Atlas.Configuration.Tests;

public sealed class ExampleTests : IDisposable
{
    private readonly Workplace _place = new();

    [Fact]
    public void The_example_of_an_http_agent_loads_with_every_block_as_written()
    {
        var configuration = _place.Load(Sample.Text("ledger-bot.yaml"));

        var agent = Assert.IsType<HttpAgentOptions>(configuration.Agent);
        Assert.Equal("You reconcile bank feeds with the general ledger and cite ledger ids.\n", agent.SystemPrompt);
        var tool = Assert.Single(agent.Tools);
        Assert.Equal("ledger.match", tool.Name);
        Assert.Equal(["strict"], tool.Parameters.Required);
        Assert.Equal("boolean", tool.Parameters.Properties.GetProperty("strict").GetProperty("type").GetString());
        Assert.Equal("finance", agent.Transport.Headers["X-Team"]);
        Assert.Equal(45, agent.Transport.TimeoutSeconds);
        Assert.Equal(new RetryOptions { Attempts = 3, BackoffSeconds = 0.5 }, agent.Transport.Retry);
        Assert.Equal("production", agent.PayloadTemplate.GetProperty("profile").GetString());
        Assert.Equal(["data", "answer"], agent.ResultPath);
        Assert.Equal(800, configuration.Teacher!.ValidationMaxTokens);
        Assert.Equal(LlmProvider.Gemini, configuration.Rim!.SmallModel.Provider);
        Assert.Equal(0.12, configuration.Rim.VarianceThreshold);
        Assert.Equal(15, configuration.AdaptiveTeaching.LearningHistoryLimit);
        Assert.Equal(0.9, configuration.AdaptiveTeaching.Probe.Thresholds.Auto);
        Assert.Equal(8, configuration.Learning.HistoryLimit);
        Assert.Equal(["ledger."], configuration.Learning.Schema.RuntimeHandlePrefixes);
        Assert.True(configuration.Learning.Gates.EnforceGenerality);
        Assert.Equal(40, configuration.Learning.PruningConfig.MinTransferSessions);
        Assert.Equal(3, configuration.Learning.UsageTracking.MaxExamplesPerEntry);
        Assert.Equal(10, configuration.Storage!.MaxConnections);
        Assert.Equal(2.5, configuration.RuntimeSafety.Drift.ZThreshold);
        Assert.Equal(configuration.Rim, configuration.SessionJudges);
    }

    [Fact]
    public void Each_value_tells_the_line_it_was_written_on()
    {
        var check = _place.Check(Sample.Text("ledger-bot.yaml"));
        var lines = Sample.Text("ledger-bot.yaml").Split('\n');

        var written = check.Values.Where(value => value.Source.Kind == ValueSourceKind.File).ToList();
        Assert.True(written.Count > 60, $"only {written.Count} values have a line");
        Assert.All(written, value =>
        {
            var key = value.Path.Split('.')[^1].Split('[')[0];
            var around = string.Join('\n', lines[Math.Max(0, value.Source.Line!.Value - 3)..Math.Min(lines.Length, value.Source.Line.Value)]);
            Assert.Contains(key, around, StringComparison.Ordinal);
        });
        var limit = Assert.Single(check.Values, value => value.Path == "learning.history_limit");
        Assert.Equal("learning.history_limit = 8", limit.ToString().Split(" (")[0]);
        Assert.Equal("  history_limit: 8", lines[limit.Source.Line!.Value - 1]);
    }

    public void Dispose() => _place.Dispose();
}
