using Atlas.Configuration.Tests.Support;

namespace Atlas.Configuration.Tests;

public sealed class UnknownKeyTests : IDisposable
{
    private readonly Workplace _place = new();

    public static TheoryData<string> Blocks { get; } =
    [
        "", "agent", "agent.llm", "agent.llm.retry", "agent.metadata_digest", "agent.transport", "agent.transport.retry", "student",
        "teacher", "teacher.llm", "orchestration", "rim", "rim.small_model", "rim.large_model", "adaptive_teaching", "adaptive_teaching.probe",
        "adaptive_teaching.probe.llm", "adaptive_teaching.probe.thresholds", "adaptive_teaching.reward", "learning", "learning.llm",
        "learning.prompts", "learning.schema", "learning.rubric_weights", "learning.gates", "learning.pruning_config", "learning.usage_tracking",
        "storage", "runtime_safety", "runtime_safety.drift", "runtime_safety.review",
    ];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void An_unknown_key_is_an_error_in_every_block(string block)
    {
        var path = block.Length == 0 ? "zzz" : block + ".zzz";

        var error = Assert.Single(_place.Check(Sample.For(path).With(path, "1")).Errors);

        Assert.Equal(path, error.Path);
        Assert.StartsWith("is not a known key; the known keys here are ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_key_is_an_error_in_tools_and_prompts()
    {
        var check = _place.Check(Sample.Minimal()
            .With("agent.tools", """[{ "name": "t", "description": "d", "zzz": 1, "parameters": { "qqq": 2 } }]""")
            .With("student.prompts", """{ "planner": "p", "executor": "e", "synthesizer": "s", "zzz": 1 }""")
            .With("teacher.prompts", """{ "plan_review": "p", "validation": "v", "guidance": "g", "zzz": 1 }"""));

        Assert.Equal(
            ["agent.tools[0].parameters.qqq", "agent.tools[0].zzz", "student.prompts.zzz", "teacher.prompts.zzz"],
            check.Errors.Select(error => error.Path).Order());
    }

    [Theory]
    [InlineData("learning.histroy_limit", "history_limit")]
    [InlineData("learning.historyLimit", "history_limit")]
    [InlineData("runtime_safety.drift.z_treshold", "z_threshold")]
    [InlineData("adaptive_teching", "adaptive_teaching")]
    [InlineData("agent.response_formats", "response_format")]
    public void A_slip_of_the_pen_is_told_the_key_it_resembles(string path, string meant)
    {
        Assert.Equal($"atlas.yaml:1: {path} is not a known key; did you mean {meant}?", _place.TheError(Sample.Minimal().With(path, "{}")));
    }

    [Fact]
    public void Keys_of_another_type_of_agent_are_unknown()
    {
        Assert.StartsWith("atlas.yaml:1: agent.llm is not a known key", _place.TheError(Sample.Minimal("http_api").With("agent.llm.model", "\"m\"")), StringComparison.Ordinal);
    }

    [Fact]
    public void Free_form_blocks_take_any_key()
    {
        var configuration = _place.Load(Sample.Minimal("http_api")
            .With("metadata.experiment.owner", "\"me\"")
            .With("agent.payload_template.deep.deeper", "[1, null, { \"x\": true }]"));

        Assert.Equal("me", configuration.Metadata.GetProperty("experiment").GetProperty("owner").GetString());
        Assert.Equal("""{"deep":{"deeper":[1,null,{"x":true}]}}""", ((Agents.HttpAgentOptions)configuration.Agent!).PayloadTemplate.GetRawText());
    }

    public void Dispose() => _place.Dispose();
}
