using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Options;
using Atlas.OrderDesk.Script;
using Atlas.OrderDesk.World;

namespace Atlas.OrderDesk;

/// <summary>The configuration of an agent that works at the desk.</summary>
public sealed record DeskConfiguration
{
    /// <summary>The environment variable with the key of the scripted models, which accept any.</summary>
    public const string KeyVariable = "ATLAS_DESK_KEY";

    /// <summary>Gets the address of the desk.</summary>
    public required Uri Desk { get; init; }

    /// <summary>Gets the student's model.</summary>
    /// <value>The default is null: the scripted model.</value>
    public LlmParameters? Student { get; init; }

    /// <summary>Gets the teacher's model.</summary>
    /// <value>The default is null: the scripted model.</value>
    public LlmParameters? Teacher { get; init; }

    /// <summary>Gets the synthesizer's model.</summary>
    /// <value>The default is null: the scripted model.</value>
    public LlmParameters? Synthesizer { get; init; }

    /// <summary>Gets a value indicating whether the playbook reaches the prompts.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ApplyToPrompts { get; init; } = true;

    /// <summary>Gets the supervision mode: how much the teacher takes part.</summary>
    /// <value>The default is <c>paired</c>.</value>
    public string Mode { get; init; } = "paired";

    /// <summary>Gets the seconds without a sign of life after which a session is closed; null leaves it to the silo.</summary>
    public int? SessionLeaseSeconds { get; init; }

    /// <summary>Returns the configuration as YAML.</summary>
    public string ToYaml() =>
        $$"""
        # An agent at the order desk. The judge is the desk itself: it looks at how the order stands in the end.
        agent:
          type: litellm
          name: order-desk
          system_prompt: You work at the order desk of a shop and settle what customers want with the tools you have.
          llm: {{Model(Student, DeskModels.Student)}}
          mcp_servers:
            - name: desk
              url: {{new Uri(Desk, "mcp")}}
        teacher:
          llm: {{Model(Teacher, DeskModels.Teacher)}}
        rim:
          small_model: {{Model(null, DeskModels.Judge)}}
          large_model: {{Model(null, DeskModels.Judge)}}
        orchestration:
          forced_mode: {{Mode}}
        adaptive_teaching:
          probe:
            llm: {{Model(null, DeskModels.Probe)}}
        learning:
          llm: {{Model(Synthesizer, DeskModels.Synthesizer)}}
          synthesis_quiet_seconds: 0
          syntheses_per_hour: {{(Synthesizer is null ? 0 : 60)}}
          apply_to_prompts: {{(ApplyToPrompts ? "true" : "false")}}
          # A few tasks are to show what was learned from those before them, so nothing is withheld to find out what it is worth.
          evidence:
            enabled: false
          schema:
            allowed_runtime_handles: [{{string.Join(", ", DeskTools.Names)}}]
        runtime_safety:
          review:
            require_approval: false
          drift:
            enabled: false

        """ + (SessionLeaseSeconds is { } seconds ? FormattableString.Invariant($"  session_lease_seconds: {seconds}\n") : "");

    private string Model(LlmParameters? model, string scripted) => JsonSerializer.Serialize(
        model ?? new LlmParameters
        {
            Model = scripted,
            ApiBase = new Uri(Desk, "v1").ToString(),
            ApiKeyEnv = KeyVariable,
        },
        AtlasJson.Options);
}
