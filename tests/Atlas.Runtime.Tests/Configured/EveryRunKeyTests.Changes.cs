using System.Text.Json.Nodes;

namespace Atlas.Runtime.Tests.Configured;

public sealed partial class EveryRunKeyTests
{
    private static readonly (string Key, JsonNode? Value)[] Prompts =
    [
        ("student.prompts", new JsonObject { ["planner"] = "Plan.", ["executor"] = "Do.", ["synthesizer"] = "Say." }),
        ("teacher.prompts", new JsonObject { ["plan_review"] = "Review.", ["validation"] = "Judge.", ["guidance"] = "Guide." }),
    ];

    private static readonly (string Key, JsonNode? Value)[] Coached = [("orchestration.forced_mode", "coach")];

    private static readonly (string Key, JsonNode? Value)[] Lookup =
    [
        ("agent.tools", new JsonArray(new JsonObject
        {
            ["name"] = "look_up",
            ["description"] = "Looks an order up.",
            ["parameters"] = new JsonObject { ["properties"] = new JsonObject { ["id"] = new JsonObject { ["type"] = "string" } } },
        })),
    ];

    private static readonly (string Key, JsonNode? Value)[] Served =
        [("agent.mcp_servers", new JsonArray(new JsonObject { ["name"] = "orders", ["url"] = "SERVER/tools", ["timeout_seconds"] = 10 }))];

    // It writes down where and with what it was started, and ends.
    private static readonly (string Key, JsonNode? Value)[] Started =
    [
        ("agent.mcp_servers", new JsonArray(new JsonObject
        {
            ["name"] = "orders",
            ["command"] = "sh",
            ["arguments"] = new JsonArray("-c", "echo \"in $(pwd) with $STATION and $RUN_KEY\" > WRITTEN"),
            ["timeout_seconds"] = 10,
        })),
    ];

    private static readonly Dictionary<string, Change> Changes = new(StringComparer.Ordinal)
    {
        ["agent.name"] = new("night desk"),
        ["agent.system_prompt"] = new("You work at night."),
        ["agent.response_format"] = new(new JsonObject { ["type"] = "json_object" }),
        ["agent.metadata_digest.enabled"] = new(false),
        ["agent.metadata_digest.char_budget"] = new(1024),
        ["agent.metadata_digest.provider_char_budgets"] = new(new JsonObject { ["openai"] = 1024 }),
        ["agent.metadata_digest.include_session_keys"] = new(new JsonArray("team")),
        ["agent.metadata_digest.max_plan_steps"] = new(2),
        ["agent.metadata_digest.max_step_summaries"] = new(2),
        ["agent.metadata_digest.max_learning_history_entries"] = new(1),
        ["agent.metadata_digest.max_reward_audit_entries"] = new(1),
        ["agent.metadata_digest.max_section_chars"] = new(512),
        ["agent.metadata_digest.max_string_chars"] = new(128),

        ["agent.tools[].name"] = new("find") { IsWeb = true, Given = Lookup },
        ["agent.tools[].description"] = new("Finds an order.") { IsWeb = true, Given = Lookup },
        ["agent.tools[].parameters.properties"] = new(new JsonObject { ["number"] = new JsonObject { ["type"] = "integer" } }) { IsWeb = true, Given = Lookup },
        ["agent.tools[].parameters.required"] = new(new JsonArray("id")) { IsWeb = true, Given = Lookup },
        ["agent.tools[].parameters.additionalProperties"] = new(true) { IsWeb = true, Given = Lookup },
        ["agent.tools[].outputSchema"] = new(new JsonObject { ["type"] = "string" }) { IsWeb = true, Given = Lookup },

        ["agent.mcp_servers[].name"] = new("stock") { Given = Served },
        ["agent.mcp_servers[].url"] = new("SERVER/tools/elsewhere") { Given = Served },
        ["agent.mcp_servers[].headers"] = new(new JsonObject { ["X-Team"] = "night" }) { Given = Served },
        ["agent.mcp_servers[].token_env"] = new("DESK_TOKEN") { Given = Served },
        ["agent.mcp_servers[].timeout_seconds"] = new(0.2) { Given = [("agent.mcp_servers", new JsonArray(new JsonObject { ["name"] = "orders", ["url"] = "SERVER/hang", ["timeout_seconds"] = 0.4 }))] },
        ["agent.mcp_servers[].command"] = new("no-such-program") { Given = Started },
        ["agent.mcp_servers[].arguments"] = new(new JsonArray("-c", "exit 4")) { Given = Started },
        ["agent.mcp_servers[].working_directory"] = new("/") { Given = Started },
        ["agent.mcp_servers[].environment"] = new(new JsonObject { ["STATION"] = "north" }) { Given = Started },
        ["agent.mcp_servers[].pass_environment"] = new(new JsonArray("RUN_KEY")) { Given = Started },

        ["agent.transport.base_url"] = new("SERVER/agent/elsewhere") { IsWeb = true },
        ["agent.transport.headers"] = new(new JsonObject { ["X-Team"] = "night" }) { IsWeb = true },
        ["agent.transport.timeout_seconds"] = new(0.2) { IsWeb = true, Given = [("agent.transport", new JsonObject { ["base_url"] = "SERVER/hang", ["timeout_seconds"] = 0.4 })] },
        ["agent.transport.retry"] = new(new JsonObject { ["attempts"] = 3, ["backoff_seconds"] = 0 }) { IsWeb = true, Given = [("agent.transport", new JsonObject { ["base_url"] = "SERVER/flaky" })] },
        ["agent.payload_template"] = new(new JsonObject { ["shop"] = "north" }) { IsWeb = true },
        ["agent.result_path"] = new(new JsonArray("other")) { IsWeb = true },

        ["student.prompts.planner"] = new("Plan well.") { Given = Prompts },
        ["student.prompts.executor"] = new("Do it well.") { Given = Prompts },
        ["student.prompts.synthesizer"] = new("Say it well.") { Given = Prompts },
        ["student.max_plan_tokens"] = new(77),
        ["student.max_step_tokens"] = new(77),
        ["student.max_synthesis_tokens"] = new(77),
        ["student.max_tool_result_characters"] = new(1000),
        ["student.tool_choice"] = new("required"),

        ["teacher.prompts.plan_review"] = new("Review well.") { Given = Prompts },
        ["teacher.prompts.validation"] = new("Judge well.") { Given = Prompts },
        ["teacher.prompts.guidance"] = new("Guide well.") { Given = [.. Prompts, .. Coached] },
        ["teacher.max_review_tokens"] = new(77),
        ["teacher.guidance_max_tokens"] = new(77) { Given = Coached },
        ["teacher.validation_max_tokens"] = new(77),
        ["teacher.plan_cache_seconds"] = new(0),

        ["orchestration.flow"] = new("single_shot"),
        ["orchestration.max_retries"] = new(0),
        ["orchestration.validate_final_attempt"] = new(false),
        ["orchestration.step_timeout_seconds"] = new(0.2) { IsSlow = true, Given = [("orchestration.step_timeout_seconds", 0.4)] },
        ["orchestration.emit_intermediate_steps"] = new(false),
        ["orchestration.forced_mode"] = new("coach"),

        ["adaptive_teaching.enabled"] = new(false) { IsProbed = true },
        ["adaptive_teaching.certify_first_run"] = new(false) { IsProbed = true, IsNew = true },
        ["adaptive_teaching.mode_override"] = new("auto") { IsProbed = true },
        ["adaptive_teaching.triage_adapter"] = new("support"),
        ["adaptive_teaching.default_tags"] = new(new JsonArray("shop")),
        ["adaptive_teaching.learning_history_limit"] = new(3) { IsProbed = true },
        ["adaptive_teaching.probe.thresholds.auto"] = new(0.55) { IsProbed = true, Given = [("adaptive_teaching.probe.thresholds", new JsonObject { ["paired"] = 0.5, ["coach"] = 0.4 })] },
        ["adaptive_teaching.probe.thresholds.paired"] = new(0.55) { IsProbed = true },
        ["adaptive_teaching.probe.thresholds.coach"] = new(0.62) { IsProbed = true },
        ["adaptive_teaching.probe.fallback_mode"] = new("coach") { IsProbed = true, Given = [("adaptive_teaching.probe.thresholds", new JsonObject { ["coach"] = 0.62 })] },
        ["adaptive_teaching.probe.evidence_limit"] = new(2) { IsProbed = true },

        ["metadata"] = new(new JsonObject { ["release"] = "7" }),
    };

    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["agent.llm"] = "EveryParameterTests of the models.",
        ["teacher.llm"] = "EveryParameterTests of the models.",
        ["adaptive_teaching.probe.llm"] = "EveryParameterTests of the models.",
        ["adaptive_teaching.probe.timeout_seconds"] = "A limit in whole seconds: ProbeTests end a probe by it.",
        ["agent.tools[].parameters.type"] = "Has one value that is allowed.",
        ["agent.mcp_servers[].tools"] = "ToolServerTests: the tools that are not named are not used.",
        ["adaptive_teaching.reward.type"] = "The silo's: EveryJudgeKeyTests.",
        ["adaptive_teaching.reward.import_path"] = "The silo's: EveryJudgeKeyTests.",
        ["adaptive_teaching.reward.attribute"] = "The silo's: EveryJudgeKeyTests.",
        ["adaptive_teaching.reward.address"] = "The silo's: EveryJudgeKeyTests.",
        ["adaptive_teaching.reward.parameters"] = "The silo's: EveryJudgeKeyTests.",
        ["adaptive_teaching.reward.timeout_seconds"] = "The silo's: EveryJudgeKeyTests.",
        ["adaptive_teaching.reward.max_attempts"] = "The silo's: EveryJudgeKeyTests.",
        ["adaptive_teaching.reward.panel_sessions"] = "The silo's: EverySiloKeyTests.",
        ["adaptive_teaching.reward.panel_days"] = "The silo's: EverySiloKeyTests.",
        ["adaptive_teaching.reward.focus_prompt"] = "The silo's: EveryJudgeKeyTests.",
    };
}
