using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Configuration.AdaptiveTeaching;
using Atlas.Configuration.Agents;
using Atlas.Configuration.Alerting;
using Atlas.Configuration.Orchestration;
using Atlas.Configuration.Proxying;
using Atlas.Configuration.Rewards;
using Atlas.Configuration.Schema;
using Atlas.Configuration.Storage;
using Atlas.Configuration.Student;
using Atlas.Configuration.Teacher;
using Atlas.Learning.Options;

namespace Atlas.Configuration;

/// <summary>The blocks of a configuration file.</summary>
public sealed record AtlasConfiguration
{
    /// <summary>The agent that does the tasks. Required to run an agent.</summary>
    [RequiredByAgent]
    public AgentOptions? Agent { get; init; }

    /// <summary>How the student uses the agent.</summary>
    public StudentOptions Student { get; init; } = new();

    /// <summary>The model that reviews and guides the student. Required to run an agent.</summary>
    [RequiredByAgent]
    public TeacherOptions? Teacher { get; init; }

    /// <summary>How a session proceeds.</summary>
    public OrchestrationOptions Orchestration { get; init; } = new();

    /// <summary>The judges that give a session its reward. Required to run an agent; without it, a silo does not judge sessions itself.</summary>
    [RequiredByAgent]
    public RimOptions? Rim { get; init; }

    /// <summary>How the amount of supervision is chosen.</summary>
    public AdaptiveTeachingOptions AdaptiveTeaching { get; init; } = new();

    /// <summary>What is learned, what is accepted, and what reaches the prompts.</summary>
    public LearningOptions Learning { get; init; } = new();

    /// <summary>How heavily the providers of language models are used.</summary>
    public ModelOptions Models { get; init; } = new();

    /// <summary>The learning proxy of a silo. Not in the original SDK.</summary>
    public ProxyOptions Proxy { get; init; } = new();

    /// <summary>Who is told when a learning key raises an alarm. Not in the original SDK.</summary>
    public AlertOptions Alerts { get; init; } = new();

    /// <summary>The database. Without this block, the embedded one is used.</summary>
    /// <value>The default is none.</value>
    public StorageOptions? Storage { get; init; }

    /// <summary>Which sessions may teach, and when a reward looks wrong.</summary>
    public RuntimeSafetyOptions RuntimeSafety { get; init; } = new();

    /// <summary>Notes about this configuration. They are stored with every session it runs, under <c>configuration</c> in the session's
    /// metadata.</summary>
    /// <value>The default is none.</value>
    public JsonElement Metadata { get; init; } = FreeForm.Empty;

    /// <summary><see cref="Rim"/> with <c>adaptive_teaching.reward.parameters</c> laid over it: what the judges work by.</summary>
    [JsonIgnore]
    public RimOptions? SessionJudges { get; init; }

    /// <summary>Whether <c>learning.llm</c> is written as null, which is not the same as leaving it out.</summary>
    [JsonIgnore]
    public bool ArbiterSynthesizes { get; init; }

    /// <summary>The synthesizer's model: <c>learning.llm</c>; <c>rim.large_model</c> where that is written as null; else the
    /// teacher's, else the agent's. Null if the configuration has none of them: then playbooks are made without a model.</summary>
    [JsonIgnore]
    public LlmParameters? SynthesizerModel => SynthesizerSource?.Model;

    /// <summary>The same, with where it is written.</summary>
    [JsonIgnore]
    public ConfiguredModel? SynthesizerSource =>
        Learning.Llm is { } own ? new("learning.llm", own)
        : ArbiterSynthesizes ? Rim is { } rim ? new("rim.large_model", rim.LargeModel) : null
        : Teacher is { } teacher ? new("teacher.llm", teacher.Llm)
        : Agent is ChatAgentOptions agent ? new("agent.llm", agent.Llm)
        : null;

    /// <summary>Names the agent only, so that no secret reaches a log.</summary>
    public override string ToString() => $"configuration of {Agent?.Name ?? "a cluster"}";
}
