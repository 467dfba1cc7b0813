using Atlas.Configuration.Tests.Support;

namespace Atlas.Configuration.Tests;

public sealed class CrossFieldTests : IDisposable
{
    private const string Rim = "rim: { small_model: { model: s }, large_model: { model: l } }\n";

    private readonly Workplace _place = new() { Profile = ConfigurationProfile.Cluster };

    [Theory]
    [InlineData("{ auto: 0.5 }")]
    [InlineData("{ coach: 0.7 }")]
    [InlineData("{ auto: 0.9, paired: 0.2 }")]
    public void Thresholds_must_fall_from_auto_to_coach(string thresholds) => Assert.Contains(
        "auto must be at least paired, and paired at least coach",
        _place.TheError($"adaptive_teaching: {{ probe: {{ thresholds: {thresholds} }} }}"),
        StringComparison.Ordinal);

    [Fact]
    public void Thresholds_may_be_equal() =>
        Assert.Equal(0.5, _place.Load("adaptive_teaching: { probe: { thresholds: { auto: 0.5, paired: 0.5, coach: 0.5 } } }").AdaptiveTeaching.Probe.Thresholds.Coach);

    [Theory]
    [InlineData("{ type: python }", "adaptive_teaching.reward.import_path is missing")]
    [InlineData("{ type: python, import_path: '' }", "adaptive_teaching.reward.import_path is missing")]
    [InlineData("{ import_path: mine }", "adaptive_teaching.reward.import_path is set, but has no effect with type: rim")]
    [InlineData("{ attribute: mine }", "adaptive_teaching.reward.attribute is set, but needs import_path")]
    public void A_judge_of_ones_own_needs_its_name(string reward, string expected) =>
        Assert.Equal($"atlas.yaml:1: {expected}", _place.TheError($"adaptive_teaching: {{ reward: {reward} }}").Split("; ")[0].Split(" of which")[0].TrimEnd(','));

    [Theory]
    [InlineData("{ type: http }")]
    [InlineData("{ type: http, address: judge.example }")]
    [InlineData("{ type: http, address: 'ftp://judge.example/x' }")]
    public void A_judge_over_http_needs_its_address(string reward) => Assert.Contains(
        "adaptive_teaching.reward.address must be an absolute http or https address",
        _place.TheError($"adaptive_teaching: {{ reward: {reward} }}"),
        StringComparison.Ordinal);

    [Fact]
    public void An_address_that_nobody_asks_is_an_error() => Assert.Contains(
        "use type: http or remove it", _place.TheError("adaptive_teaching: { reward: { address: 'http://judge.test' } }"), StringComparison.Ordinal);

    [Fact]
    public void Parameters_are_laid_over_the_judges_key_by_key()
    {
        var configuration = _place.Load(Rim + "adaptive_teaching: { reward: { parameters: { variance_threshold: 0.5, small_model: { model: other } } } }");

        Assert.Equal(0.5, configuration.SessionJudges!.VarianceThreshold);
        Assert.Equal("other", configuration.SessionJudges.SmallModel.Model);
        Assert.Equal("l", configuration.SessionJudges.LargeModel.Model);
        Assert.Equal(0.15, configuration.Rim!.VarianceThreshold);
        Assert.Equal("s", configuration.Rim.SmallModel.Model);
    }

    [Theory]
    [InlineData("{ variance_treshold: 0.5 }", "variance_treshold is not a known key; did you mean variance_threshold?")]
    [InlineData("{ uncertainty_threshold: 2 }", "uncertainty_threshold is 2, but must be a number from 0 to 1.")]
    [InlineData("{ small_model: { temperature: 1 } }", "small_model.model is missing; it must be a text.")]
    public void Parameters_of_the_judges_are_checked_like_the_judges(string parameters, string expected) => Assert.Equal(
        $"atlas.yaml:2: adaptive_teaching.reward.parameters.{expected}",
        _place.TheError(Rim + $"adaptive_teaching: {{ reward: {{ parameters: {parameters} }} }}"));

    [Fact]
    public void Parameters_of_a_judge_of_ones_own_are_its_own_business()
    {
        var configuration = _place.Load(Rim + "adaptive_teaching: { reward: { type: python, import_path: mine, parameters: { anything: [1] } } }");

        Assert.Equal(1, configuration.AdaptiveTeaching.Reward.Parameters.GetProperty("anything")[0].GetInt32());
        Assert.Equal(configuration.Rim, configuration.SessionJudges);
    }

    [Fact]
    public void Most_connections_are_at_least_the_least() => Assert.Equal(
        "atlas.yaml:2: storage.max_connections is 2, but must be at least storage.min_connections, which is 3.",
        _place.TheError("storage: { database_url: 'postgresql://db.test/x', min_connections: 3,\n max_connections: 2 }"));

    [Fact]
    public void The_default_of_one_bound_counts_too() =>
        Assert.Contains("storage.max_connections is 5", _place.TheError("storage: { database_url: 'postgresql://db.test/x', min_connections: 6 }"), StringComparison.Ordinal);

    [Fact]
    public void A_rule_says_nothing_where_one_of_its_keys_is_wrong_by_itself() =>
        Assert.Contains("is \"x\"", _place.TheError("storage: { database_url: 'postgresql://db.test/x', min_connections: 6, max_connections: x }"), StringComparison.Ordinal);

    [Theory]
    [InlineData("""[{ "name": "t", "description": "d", "parameters": { "properties": { "a": {} }, "required": ["a", "b"] } }]""", "names \"b\", which is not in properties")]
    [InlineData("""[{ "name": "t", "description": "d" }, { "name": "t", "description": "e" }]""", "which another tool already has")]
    [InlineData("""[{ "name": "t", "description": "d", "parameters": { "properties": { "a": "string" } } }]""", "must be a JSON schema")]
    [InlineData("""[{ "name": "t", "description": "d", "parameters": { "type": "array" } }]""", "must be object")]
    [InlineData("""[{ "name": "t" }]""", "agent.tools[0].description is missing")]
    [InlineData("""[{ "name": "t", "description": "d", "output_schema": {} }]""", "did you mean outputSchema?")]
    public void Tools_are_checked(string tools, string expected) =>
        Assert.Contains(expected, _place.TheError(Sample.Minimal().With("agent.tools", tools)), StringComparison.Ordinal);

    [Fact]
    public void An_agent_writes_gemini_for_google() =>
        Assert.Contains("use gemini", _place.TheError(Sample.Minimal().With("agent.llm.provider", "\"google\"").With("agent.llm.api_key_env", "\"K\"")), StringComparison.Ordinal);

    [Fact]
    public void Budgets_are_for_providers_that_exist() => Assert.Contains(
        "agent.metadata_digest.provider_char_budgets.mistral is not a provider",
        _place.TheError(Sample.Minimal().With("agent.metadata_digest.provider_char_budgets", """{ "openai": 5000, "mistral": 5000 }""")),
        StringComparison.Ordinal);

    [Fact]
    public void A_synthesizer_that_leans_on_the_judges_needs_judges() =>
        Assert.Contains("there is no block rim", _place.TheError("learning: { llm: null }"), StringComparison.Ordinal);

    [Fact]
    public void Rubric_weights_cannot_all_be_zero() => Assert.Contains(
        "at least one must be above 0",
        _place.TheError("learning: { rubric_weights: { actionability: 0, generality: 0, hookability: 0, concision: 0 } }"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("{ model: m, provider: anthropic }", true)]
    [InlineData("{ model: m, provider: anthropic, api_key_env: ANTHROPIC_API_KEY }", false)]
    [InlineData("{ model: m, provider: anthropic, api_key_env: OPENAI_API_KEY }", false)]
    [InlineData("{ model: m, provider: offline }", false)]
    [InlineData("{ model: m }", false)]
    public void The_key_of_another_provider_by_default_is_a_warning(string model, bool warns)
    {
        var check = _place.Check($"learning: {{ llm: {model} }}");

        Assert.True(check.IsValid, check.ToString());
        Assert.Equal(warns ? ["learning.llm.api_key_env"] : [], check.Warnings.Select(warning => warning.Path));
    }

    [Theory]
    [InlineData("{ pruning_config: { min_reward_delta: -0.5 } }", "learning.pruning_config.min_reward_delta is -0.5: below 0 it prunes")]
    [InlineData("{ schema: { runtime_handle_prefixes: [ 'logs.*' ] } }", "learning.schema.runtime_handle_prefixes contains 'logs.*'")]
    public void What_is_allowed_and_hardly_meant_is_a_warning(string learning, string expected)
    {
        var check = _place.Check($"learning: {learning}");

        Assert.True(check.IsValid, check.ToString());
        Assert.StartsWith($"atlas.yaml:1: {expected}", _place.Sentence(Assert.Single(check.Warnings)), StringComparison.Ordinal);
    }

    [Fact]
    public void Prompts_come_all_three_or_not_at_all() => Assert.Equal(
        ["student.prompts.synthesizer", "teacher.prompts.guidance", "teacher.prompts.plan_review"],
        _place.Check(Sample.Minimal().With("student.prompts", """{ "planner": "p", "executor": "e" }""").With("teacher.prompts", """{ "validation": "v" }"""))
            .Errors.Select(error => error.Path).Order());

    public void Dispose() => _place.Dispose();
}
