using Atlas.Configuration.Checking;
using Atlas.Configuration.Tests.Support;

namespace Atlas.Configuration.Tests;

public sealed class ProfileTests : IDisposable
{
    private readonly Workplace _agent = new();
    private readonly Workplace _cluster = new() { Profile = ConfigurationProfile.Cluster };

    [Fact]
    public void An_agent_needs_its_three_blocks() => Assert.Equal(
        [
            "atlas.yaml: agent is missing; it must be a block of keys.",
            "atlas.yaml: rim is missing; it must be a block of keys.",
            "atlas.yaml: teacher is missing; it must be a block of keys.",
        ],
        _agent.Check("learning: {}").Errors.Select(_agent.Sentence).Order());

    [Fact]
    public void A_null_is_as_good_as_a_missing_block() =>
        Assert.Contains("rim is empty", _agent.TheError(Sample.Minimal().With("rim", "null")), StringComparison.Ordinal);

    [Fact]
    public void A_cluster_needs_none_of_them()
    {
        var configuration = _cluster.Load("learning: { history_limit: 5 }");

        Assert.Null(configuration.Agent);
        Assert.Null(configuration.Teacher);
        Assert.Null(configuration.Rim);
        Assert.Null(configuration.SessionJudges);
    }

    [Fact]
    public void A_cluster_takes_the_file_of_an_agent() =>
        Assert.Equal("ledger-bot", _cluster.Load(Sample.Text("ledger-bot.yaml")).Agent!.Name);

    [Fact]
    public void What_a_cluster_is_given_is_checked_all_the_same() =>
        Assert.Contains("teacher.llm.model is missing", _cluster.TheError("teacher: { llm: {} }"), StringComparison.Ordinal);

    [Fact]
    public void Without_any_file_a_cluster_has_the_defaults() =>
        Assert.Equal(50, ConfigurationLoader.Load(_cluster.Request()).RuntimeSafety.Drift.Window);

    [Fact]
    public void All_errors_are_told_at_once_in_the_order_of_the_lines()
    {
        _agent.Variables["Atlas__Storage__DatabaseUrl"] = "nonsense";
        var check = _agent.Check("""
            agent:
              type: http_api
              name: ''
              transport: { base_url: "ftp://x" }
            teacher:
              llm: { model: m, temperature: 3 }
              surprise: 1
            rim:
              small_model: { model: m }
            adaptive_teaching:
              probe: { thresholds: { auto: 0.1 } }
            learning:
              history_limit: none
            """);

        Assert.Equal(
            [
                "agent.system_prompt", "agent.name", "agent.transport.base_url", "teacher.llm.temperature", "teacher.surprise",
                "rim.large_model", "adaptive_teaching.probe.thresholds", "learning.history_limit", "storage.database_url",
            ],
            check.Errors.Select(error => error.Path));
        Assert.Null(check.Configuration);
        Assert.Empty(check.Values);
        var thrown = Assert.Throws<AtlasConfigurationException>(() => ConfigurationLoader.Load(_agent.Request(_agent.File("atlas.yaml", "learning: 1"))));
        Assert.Equal(string.Join(System.Environment.NewLine, thrown.Check.Errors), thrown.Message);
    }

    public void Dispose()
    {
        _agent.Dispose();
        _cluster.Dispose();
    }
}
