using System.Collections.Immutable;
using Atlas.Configuration.Agents;
using Atlas.Configuration.Orchestration;
using Atlas.Configuration.Rewards;
using Atlas.Configuration.Student;
using Atlas.Configuration.Teacher;
using Atlas.Learning.Options;

namespace Atlas.Configuration.Schema;

/// <summary>A key that is refused.</summary>
/// <param name="Block">The record of the block it would stand in.</param>
/// <param name="Name">The key.</param>
/// <param name="Reason">Why, and what to write instead; ends with a full stop.</param>
/// <param name="Harmless">The JSON of the original's default. Written so, the key changes nothing and costs a warning only.</param>
internal sealed record RefusedKey(Type Block, string Name, string Reason, string? Harmless = null);

/// <summary>
/// Keys the original accepts but never reads, and keys its documentation puts in the wrong place. Everything else it
/// accepts has a meaning here. A switch that does nothing would be worse than a refusal.
/// </summary>
internal static class RefusedKeys
{
    public static ImmutableArray<RefusedKey> All { get; } =
    [
        new(typeof(AtlasConfiguration), "prompt_rewrite", "prompts are not rewritten; write the prompts you want under student.prompts and teacher.prompts.", "null"),
        new(typeof(HttpAgentOptions), "adapter", "the keys of an adapter go directly under agent.", "null"),
        new(typeof(ChatAgentOptions), "adapter", "the keys of an adapter go directly under agent, as in agent.metadata_digest.", "null"),
        new(typeof(MetadataDigestOptions), "max_prompt_rewrite_chars", "prompts are not rewritten, so there is no such section to shorten.", "2000"),
        new(typeof(LlmParameters), "api_key", "keys do not belong in a configuration; put the key into an environment variable, and the name of the variable into api_key_env."),
        new(typeof(StudentOptions), "prompt_guidance", "it has no effect; write the guidance into student.prompts.", "{}"),
        new(typeof(TeacherOptions), "prompt_guidance", "it has no effect; write the guidance into teacher.prompts.", "{}"),
        new(typeof(OrchestrationOptions), "rim_guidance_tag", "judges score a session after it has ended, so their feedback never reaches its prompts.", "\"rim_feedback\""),
        new(typeof(RimOptions), "active_judges", "there is one judge for the whole session; describe in rim.judge_prompt what it should look at.", """{"process":true,"helpfulness":true}"""),
    ];

    /// <summary>The types of agent that are refused, with the reason.</summary>
    public static ImmutableDictionary<string, string> AgentTypes { get; } = ImmutableDictionary<string, string>.Empty.Add(
        "python", "cannot be python, because the runtime is not a Python process; serve the callable over HTTP and use http_api.");

    /// <summary>The types of agent that are read as another one.</summary>
    public static ImmutableDictionary<string, string> AgentTypeAliases { get; } = ImmutableDictionary<string, string>.Empty.Add("openai", "litellm");

    public static RefusedKey? Find(Type block, string name) => All.FirstOrDefault(key => key.Block == block && key.Name == name);
}
