using Atlas.Configuration.Orchestration;
using Atlas.Configuration.Tests.Support;
using Atlas.Domain;
using Atlas.Learning.Options;

namespace Atlas.Configuration.Tests;

public sealed class ConversionTests : IDisposable
{
    private readonly Workplace _place = new() { Profile = ConfigurationProfile.Cluster };

    [Theory]
    [InlineData("history_limit: '12'", 12)]
    [InlineData("history_limit: 12.0", 12)]
    [InlineData("history_limit: 1.2e1", 12)]
    [InlineData("history_limit: \" 12 \"", 12)]
    public void Numeric_text_is_a_number(string line, int expected) =>
        Assert.Equal(expected, _place.Load($"learning:\n  {line}").Learning.HistoryLimit);

    [Theory]
    [InlineData("false", false)]
    [InlineData("'false'", false)]
    [InlineData("'FALSE'", false)]
    [InlineData("no", false)]
    [InlineData("off", false)]
    [InlineData("0", false)]
    [InlineData("\"true\"", true)]
    [InlineData("yes", true)]
    [InlineData("1", true)]
    public void Text_that_says_yes_or_no_is_a_truth_value(string text, bool expected) =>
        Assert.Equal(expected, _place.Load($"learning:\n  apply_to_prompts: {text}").Learning.ApplyToPrompts);

    [Fact]
    public void A_whole_number_is_a_number() =>
        Assert.Equal(1.0, _place.Load("learning:\n  pruning_config: { min_reward_delta: 1 }").Learning.PruningConfig.MinRewardDelta);

    [Theory]
    [InlineData("learning: { history_limit: 2.5 }", "learning.history_limit is 2.5, but must be a whole number from 1 to 200.")]
    [InlineData("learning: { history_limit: many }", "learning.history_limit is \"many\", but must be a whole number from 1 to 200.")]
    [InlineData("learning: { history_limit: true }", "learning.history_limit is true, but must be a whole number from 1 to 200.")]
    [InlineData("learning: { history_limit: [1] }", "learning.history_limit is a list, but must be a whole number from 1 to 200.")]
    [InlineData("learning: { history_limit: }", "learning.history_limit is empty, but must be a whole number from 1 to 200; remove the key to use its default.")]
    [InlineData("learning: { enabled: 2 }", "learning.enabled is 2, but must be true or false.")]
    [InlineData("learning: { enabled: maybe }", "learning.enabled is \"maybe\", but must be true or false.")]
    [InlineData("learning: 5", "learning is 5, but must be a block of keys.")]
    [InlineData("learning: [1]", "learning is a list, but must be a block of keys.")]
    [InlineData("learning: { schema: { version: 2 } }", "learning.schema.version is 2, but must be a text; put it in quotes.")]
    [InlineData("learning: { schema: { version: ' ' } }", "learning.schema.version is \" \", but must not be blank.")]
    [InlineData("learning: { schema: { cue_types: regex } }", "learning.schema.cue_types is \"regex\", but must be a list in which each item is a text.")]
    [InlineData("learning: { schema: { cue_types: [regex, 7] } }", "learning.schema.cue_types[1] is 7, but must be a text; put it in quotes.")]
    [InlineData("learning: { playbook_injection_mode: sufix }", "learning.playbook_injection_mode is \"sufix\", but must be one of prefix, suffix; did you mean suffix?")]
    [InlineData("runtime_safety: { drift: { z_threshold: .nan } }", "runtime_safety.drift.z_threshold is .nan, but must be a number of at least 0.")]
    [InlineData("runtime_safety: { drift: { z_threshold: .inf } }", "runtime_safety.drift.z_threshold is .inf, but must be a number of at least 0.")]
    [InlineData("metadata: [1]", "metadata is a list, but must be a block of keys.")]
    [InlineData("orchestration: { forced_mode: solo }", "orchestration.forced_mode is \"solo\", but must be one of auto, paired, coach.")]
    [InlineData("rim: { small_model: { model: m, provider: mistral }, large_model: { model: m } }", "rim.small_model.provider is \"mistral\", but must be one of openai, anthropic, azure-openai, bedrock, google, gemini, xai, offline.")]
    [InlineData("rim: { small_model: { model: m, api_base: localhost }, large_model: { model: m } }", "rim.small_model.api_base is \"localhost\", but must be an absolute http or https address.")]
    [InlineData("storage: { database_url: 'mysql://db/x' }", "storage.database_url is \"mysql://db/x\", but must be postgresql://user:password@host:port/database or an Npgsql connection string with Host=.")]
    [InlineData("storage: {}", "storage.database_url is missing; it must be a text.")]
    public void A_value_of_the_wrong_kind_is_named_with_what_is_allowed(string yaml, string expected) =>
        Assert.Equal($"atlas.yaml:1: {expected}", _place.TheError(yaml));

    [Theory]
    [InlineData("openai", LlmProvider.OpenAI)]
    [InlineData("anthropic", LlmProvider.Anthropic)]
    [InlineData("azure-openai", LlmProvider.AzureOpenAI)]
    [InlineData("bedrock", LlmProvider.Bedrock)]
    [InlineData("google", LlmProvider.Google)]
    [InlineData("gemini", LlmProvider.Gemini)]
    [InlineData("xai", LlmProvider.XAI)]
    [InlineData("offline", LlmProvider.Offline)]
    public void Every_provider_is_known_by_its_name(string name, LlmProvider expected) =>
        Assert.Equal(expected, _place.Load($"learning: {{ llm: {{ model: m, provider: {name} }} }}").Learning.Llm!.Provider);

    [Theory]
    [InlineData("auto", SupervisionMode.Auto)]
    [InlineData("paired", SupervisionMode.Paired)]
    [InlineData("coach", SupervisionMode.Coach)]
    public void All_three_modes_can_be_forced(string name, SupervisionMode expected) =>
        Assert.Equal(expected, _place.Load($"orchestration: {{ forced_mode: {name} }}").Orchestration.ForcedMode);

    [Theory]
    [InlineData("stepwise", OrchestrationFlow.Stepwise)]
    [InlineData("single_shot", OrchestrationFlow.SingleShot)]
    public void Both_flows_can_be_chosen(string name, OrchestrationFlow expected) =>
        Assert.Equal(expected, _place.Load($"orchestration: {{ flow: {name} }}").Orchestration.Flow);

    [Theory]
    [InlineData("playbook_injection_mode")]
    [InlineData("injection_mode")]
    public void The_injection_mode_goes_by_two_names(string name) =>
        Assert.Equal(InjectionMode.Suffix, _place.Load($"learning: {{ {name}: suffix }}").Learning.PlaybookInjectionMode);

    [Fact]
    public void The_two_names_of_one_key_together_are_an_error() => Assert.Equal(
        "atlas.yaml:3: learning.playbook_injection_mode is set twice, first at atlas.yaml:2; remove one of the two.",
        _place.TheError("learning:\n  injection_mode: suffix\n  playbook_injection_mode: prefix\n"));

    [Theory]
    [InlineData("ops", "ops")]
    [InlineData("7", "7")]
    [InlineData("[' ops ', '', web, 7]", "ops,web,7")]
    public void Tags_may_be_one_value_or_many_and_are_trimmed(string yaml, string expected) =>
        Assert.Equal(expected.Split(','), _place.Load($"adaptive_teaching: {{ default_tags: {yaml} }}").AdaptiveTeaching.DefaultTags);

    [Theory]
    [InlineData("[' Approved ', PENDING, pending]", "approved,pending")]
    [InlineData("[approved, '*']", "")]
    [InlineData("[All]", "")]
    [InlineData("[]", "")]
    public void Export_statuses_are_lower_case_and_all_is_the_empty_list(string yaml, string expected) => Assert.Equal(
        expected.Split(',', StringSplitOptions.RemoveEmptyEntries),
        _place.Load($"runtime_safety: {{ review: {{ default_export_statuses: {yaml} }} }}").RuntimeSafety.Review.DefaultExportStatuses);

    [Fact]
    public void An_explicit_null_means_what_the_key_says_it_means()
    {
        var configuration = _place.Load("""
            agent: { type: http_api, name: a, system_prompt: s, transport: { base_url: "http://a.test" }, result_path: null }
            rim: { small_model: { model: small }, large_model: { model: large } }
            learning: { llm: null }
            adaptive_teaching: { probe: { llm: null } }
            storage: null
            """);

        Assert.Equal(["output"], ((Agents.HttpAgentOptions)configuration.Agent!).ResultPath);
        Assert.Equal("large", configuration.SynthesizerModel!.Model);
        Assert.Equal("xai/grok-4-fast", configuration.AdaptiveTeaching.Probe.Llm.Model);
        Assert.Null(configuration.Storage);
    }

    [Fact]
    public void A_model_that_is_written_starts_from_the_defaults_of_a_model()
    {
        var model = _place.Load("learning: { llm: { model: mine } }").Learning.Llm!;

        Assert.Equal(LlmProvider.OpenAI, model.Provider);
        Assert.Null(model.MaxOutputTokens);
    }

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("agent: { type: litellm, name: a, system_prompt: s, llm: { model: of-agent } }\nteacher: { llm: { model: of-teacher } }", "teacher.llm", "of-teacher")]
    [InlineData("agent: { type: litellm, name: a, system_prompt: s, llm: { model: of-agent } }", "agent.llm", "of-agent")]
    [InlineData("teacher: { llm: { model: of-teacher } }\nlearning: { llm: { model: own } }", "learning.llm", "own")]
    [InlineData("teacher: { llm: { model: of-teacher } }\nrim: { small_model: { model: small }, large_model: { model: large } }\nlearning: { llm: null }", "rim.large_model", "large")]
    [InlineData("teacher: { llm: { provider: offline, model: none } }", "teacher.llm", "none")]
    [InlineData("learning: { history_limit: 3 }", null, null)]
    public void The_synthesizers_model_is_the_one_that_is_shown(string yaml, string? path, string? model)
    {
        var check = _place.Check(yaml);

        var source = check.Configuration!.SynthesizerSource;
        Assert.Equal((path, model), (source?.Path, source?.Model.Model));
        var shown = check.Values.Where(value => value.Path.StartsWith("learning.llm", StringComparison.Ordinal)).ToDictionary(value => value.Path, value => value.Value.ToString());
        Assert.Equal(
            path is "learning.llm" ? model : path is null ? "none: playbooks are made without a model" : $"as {path}: {model}",
            shown.GetValueOrDefault("learning.llm.model") ?? shown["learning.llm"]);
    }

    [Fact]
    public void Null_where_a_text_or_a_limit_may_be_left_out_is_legal()
    {
        var configuration = _place.Load("""
            student: { prompts: null, max_plan_tokens: null, max_step_tokens: null, max_synthesis_tokens: null, max_tool_result_characters: null }
            teacher: { llm: { model: m, temperature: null, top_p: null }, prompts: null }
            learning: { prompts: null }
            """);

        Assert.Null(configuration.Learning.Prompts?.Synthesizer);
        Assert.Null(configuration.Student.MaxStepTokens);
        Assert.Null(configuration.Teacher!.Llm.Temperature);
    }
}
