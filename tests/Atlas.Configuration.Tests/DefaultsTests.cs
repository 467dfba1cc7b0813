using Atlas.Configuration.Alerting;
using Atlas.Configuration.Proxying;
using Atlas.Learning.Evidence;
using Atlas.Learning.Meaning;
using System.Text.Json;
using Atlas.Configuration.Checking;
using Atlas.Configuration.Tests.Support;

namespace Atlas.Configuration.Tests;

/// <summary>The defaults as the specification's tables list them, written down a second time on purpose.</summary>
public sealed class DefaultsTests : IDisposable
{
    private readonly Workplace _place = new();

    public static TheoryData<string, string> Defaults { get; } = new()
    {
        { "agent.tools", "[]" },
        { "agent.llm.provider", "\"openai\"" },
        { "agent.llm.api_key_env", "\"OPENAI_API_KEY\"" },
        { "agent.llm.api_base", "null" },
        { "agent.llm.organization", "null" },
        { "agent.llm.temperature", "0" },
        { "agent.llm.top_p", "null" },
        { "agent.llm.max_output_tokens", "null" },
        { "agent.llm.timeout_seconds", "60" },
        { "agent.llm.retry.attempts", "1" },
        { "agent.llm.retry.backoff_seconds", "1" },
        { "agent.llm.additional_headers", "{}" },
        { "agent.llm.reasoning_effort", "null" },
        { "agent.response_format", "null" },
        { "agent.metadata_digest.enabled", "true" },
        { "agent.metadata_digest.char_budget", "null" },
        { "agent.metadata_digest.provider_char_budgets", "{}" },
        {
            "agent.metadata_digest.include_session_keys",
            """
            ["source","execution_mode","adaptive_summary","token_usage","reward_summary","reward_stats","reward_audit_summary",
             "triage_dossier","drift_alert","learning_usage","student_learning","teacher_learning","session_learning_note","notes"]
            """
        },
        { "agent.metadata_digest.max_plan_steps", "5" },
        { "agent.metadata_digest.max_step_summaries", "5" },
        { "agent.metadata_digest.max_learning_history_entries", "3" },
        { "agent.metadata_digest.max_reward_audit_entries", "3" },
        { "agent.metadata_digest.max_section_chars", "4000" },
        { "agent.metadata_digest.max_string_chars", "1000" },
        { "student.prompts", "null" },
        { "student.max_plan_tokens", "2048" },
        { "student.max_step_tokens", "2048" },
        { "student.max_synthesis_tokens", "2048" },
        { "student.tool_choice", "\"auto\"" },
        { "teacher.max_review_tokens", "null" },
        { "teacher.plan_cache_seconds", "300" },
        { "teacher.guidance_max_tokens", "null" },
        { "teacher.validation_max_tokens", "null" },
        { "teacher.prompts", "null" },
        { "orchestration.max_retries", "1" },
        { "orchestration.step_timeout_seconds", "900" },
        { "orchestration.emit_intermediate_steps", "true" },
        { "orchestration.forced_mode", "null" },
        { "rim.variance_threshold", "0.15" },
        { "rim.uncertainty_threshold", "0.3" },
        { "rim.parallel_workers", "4" },
        { "rim.judge_prompt", "null" },
        { "adaptive_teaching.enabled", "true" },
        { "adaptive_teaching.certify_first_run", "true" },
        { "adaptive_teaching.mode_override", "null" },
        { "adaptive_teaching.triage_adapter", "null" },
        { "adaptive_teaching.default_tags", "[]" },
        { "adaptive_teaching.learning_history_limit", "10" },
        { "adaptive_teaching.probe.llm.provider", "\"xai\"" },
        { "adaptive_teaching.probe.llm.model", "\"xai/grok-4-fast\"" },
        { "adaptive_teaching.probe.llm.api_key_env", "\"XAI_API_KEY\"" },
        { "adaptive_teaching.probe.llm.temperature", "0.2" },
        { "adaptive_teaching.probe.llm.timeout_seconds", "20" },
        { "adaptive_teaching.probe.thresholds.auto", "0.85" },
        { "adaptive_teaching.probe.thresholds.paired", "0.65" },
        { "adaptive_teaching.probe.thresholds.coach", "0.35" },
        { "adaptive_teaching.probe.fallback_mode", "\"paired\"" },
        { "adaptive_teaching.probe.evidence_limit", "6" },
        { "adaptive_teaching.probe.timeout_seconds", "15" },
        { "adaptive_teaching.reward.type", "\"rim\"" },
        { "adaptive_teaching.reward.import_path", "null" },
        { "adaptive_teaching.reward.attribute", "null" },
        { "adaptive_teaching.reward.parameters", "{}" },
        { "adaptive_teaching.reward.timeout_seconds", "null" },
        { "adaptive_teaching.reward.focus_prompt", "null" },
        { "learning.enabled", "true" },
        { "learning.update_enabled", "true" },
        { "learning.provisional_acceptance", "true" },
        { "learning.llm", "\"as teacher.llm: m\"" },
        { "learning.prompts.synthesizer", "null" },
        { "learning.history_limit", "10" },
        { "learning.session_note_enabled", "true" },
        { "learning.apply_to_prompts", "true" },
        { "learning.playbook_injection_mode", "\"prefix\"" },
        { "learning.schema.version", "\"playbook_entry.v1\"" },
        { "learning.schema.allowed_runtime_handles", "[]" },
        { "learning.schema.runtime_handle_prefixes", "[]" },
        { "learning.schema.cue_types", """["regex","keyword","predicate"]""" },
        { "learning.schema.default_scope_category", "\"differentiation\"" },
        { "learning.schema.allow_missing_tool_mapping", "false" },
        { "learning.rubric_weights.actionability", "0.4" },
        { "learning.rubric_weights.generality", "0.3" },
        { "learning.rubric_weights.hookability", "0.2" },
        { "learning.rubric_weights.concision", "0.1" },
        { "learning.gates.enforce_actionability", "true" },
        { "learning.gates.enforce_cue", "true" },
        { "learning.gates.enforce_generality", "false" },
        { "learning.gates.max_text_length", "420" },
        { "learning.gates.allowed_proper_nouns", """["SQL","HTTP","JSON","Atlas","API"]""" },
        { "learning.gates.banned_incident_tokens", """["incident","ticket","case","postmortem"]""" },
        { "learning.gates.allow_length_overflow_margin", "20" },
        { "learning.pruning_config.min_sessions", "10" },
        { "learning.pruning_config.min_cue_hit_rate", "0.05" },
        { "learning.pruning_config.min_reward_delta", "0.01" },
        { "learning.pruning_config.min_transfer_sessions", "20" },
        { "learning.usage_tracking.enabled", "true" },
        { "learning.usage_tracking.capture_examples", "false" },
        { "learning.usage_tracking.max_examples_per_entry", "2" },
        { "storage", "null" },
        { "runtime_safety.drift.enabled", "true" },
        { "runtime_safety.drift.window", "50" },
        { "runtime_safety.drift.z_threshold", "3" },
        { "runtime_safety.drift.min_baseline", "5" },
        { "runtime_safety.review.require_approval", "true" },
        { "runtime_safety.review.default_export_statuses", """["approved"]""" },
        { "metadata", "{}" },
    };

    [Theory]
    [MemberData(nameof(Defaults))]
    public void A_key_that_is_left_out_has_the_default_of_the_specification(string path, string expected)
    {
        var value = Assert.Single(_place.Check(Sample.Minimal()).Values, value => value.Path == path);

        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, value.Value), $"{value} is not {expected}");
        Assert.Equal(ValueSource.Default, value.Source);
    }

    [Theory]
    [InlineData("agent.transport.timeout_seconds", "60")]
    [InlineData("agent.transport.retry.attempts", "1")]
    [InlineData("agent.transport.retry.backoff_seconds", "1")]
    [InlineData("agent.transport.headers", "{}")]
    [InlineData("agent.payload_template", "{}")]
    [InlineData("agent.result_path", """["output"]""")]
    public void An_http_agent_has_the_defaults_of_the_specification(string path, string expected)
    {
        var value = Assert.Single(_place.Check(Sample.Minimal("http_api")).Values, value => value.Path == path);

        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, value.Value), $"{value} is not {expected}");
    }

    [Fact]
    public void A_database_and_a_tool_have_the_defaults_of_the_specification()
    {
        var configuration = _place.Load(Sample.For("storage.x").With("agent.tools", """[{ "name": "t", "description": "d" }]"""));

        Assert.Equal(1, configuration.Storage!.MinConnections);
        Assert.Equal(5, configuration.Storage.MaxConnections);
        Assert.Equal(30, configuration.Storage.StatementTimeoutSeconds);
        Assert.True(configuration.Storage.ApplySchemaOnConnect);
        var tool = Assert.Single(configuration.Agent!.Tools);
        Assert.Equal("object", tool.Parameters.Type);
        Assert.Equal("{}", tool.Parameters.Properties.GetRawText());
        Assert.Empty(tool.Parameters.Required);
        Assert.False(tool.Parameters.AdditionalProperties);
        Assert.Null(tool.OutputSchema);
    }

    [Fact]
    public void Only_these_keys_are_ours_and_not_the_specifications()
    {
        string[] ours = ["orchestration.flow", "orchestration.validate_final_attempt", "learning.playbook_limit", "learning.accept_per_entry",
            "learning.leak_guard.answers", "learning.leak_guard.answers_file", "learning.leak_guard.short_answer_length",
            "models.limits.max_concurrent_calls", "models.limits.calls_per_minute", "models.limits.max_waiting_calls",
            "models.limits.max_retry_after_seconds", "models.limits.circuit_calls", "models.limits.circuit_pause_seconds",
            "models.limits_by_provider.openai", "models.limits_by_provider.anthropic", "models.limits_by_provider.azure-openai",
            "models.limits_by_provider.bedrock", "models.limits_by_provider.gemini", "models.limits_by_provider.xai",
            "runtime_safety.drift.constant_history_floor", "runtime_safety.session_lease_seconds", "student.max_tool_result_characters", "learning.syntheses_per_hour",
            "learning.synthesis_quiet_seconds", "adaptive_teaching.reward.address", "adaptive_teaching.reward.max_attempts",
            "agent.mcp_servers", "learning.quorum", "learning.author_share", "learning.publish.interval_seconds", "adaptive_teaching.reward.panel_sessions", "adaptive_teaching.reward.panel_days",
            "learning.redaction", "learning.redaction_except", "runtime_safety.drift.detector",
            .. typeof(AlertOptions).GetProperties().Select(property => $"alerts.{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}"),
            .. typeof(ProxyOptions).GetProperties().Select(property => $"proxy.{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}"),
            .. typeof(MeaningOptions).GetProperties().Where(property => property.Name != nameof(MeaningOptions.Model)).Select(property => $"learning.meaning.{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}"),
            .. typeof(EvidenceOptions).GetProperties().Select(property => $"learning.evidence.{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}")];
        string[] shared = [".provider", ".model", ".api_key_env", ".api_base", ".organization", ".temperature", ".top_p", ".max_output_tokens",
            ".timeout_seconds", ".retry.attempts", ".retry.backoff_seconds", ".additional_headers", ".reasoning_effort", ".price",
            "agent.type", "agent.name", "agent.system_prompt"];

        var unlisted = _place.Check(Sample.Minimal()).Values
            .Select(value => value.Path)
            .Where(path => !Defaults.Any(row => row.Data.Item1 == path) && !shared.Any(key => path.EndsWith(key, StringComparison.Ordinal)));

        Assert.Equal(ours.Order(), unlisted.Order());
    }

    public void Dispose() => _place.Dispose();
}
