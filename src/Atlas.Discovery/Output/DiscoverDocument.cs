using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Discovery.Findings;
using Atlas.Discovery.Preflight;
using Atlas.Domain.Json;
using Atlas.Learning.Text;

namespace Atlas.Discovery.Output;

/// <summary>The document <c>discover.json</c>: the keys of the original, plus what else was found.</summary>
public static class DiscoverDocument
{
    private static readonly HashSet<string> Stepwise = ["act", "step", "Act", "ActAsync", "Step", "StepAsync"];

    /// <summary>Creates the document. It is also the metadata of the row in <c>discovery_runs</c>.</summary>
    public static JsonObject Write(DiscoveredProject project, ImmutableArray<PreflightCheck> preflight)
    {
        ArgumentNullException.ThrowIfNull(project);
        var (findings, choice) = (project.Findings, project.Choice);
        var stepwise = choice.Agent?.Signals.Any(signal => signal.StartsWith("method:", StringComparison.Ordinal) && Stepwise.Contains(signal["method:".Length..])) is true;
        return new JsonObject
        {
            ["version"] = 1,
            ["generated_at"] = AtlasTime.Iso(project.Request.Now),
            ["project_root"] = findings.Root,
            ["fingerprint"] = project.Fingerprint,
            ["task"] = project.Request.Task,
            ["environment"] = Target(choice.Environment, findings),
            ["agent"] = Target(choice.Agent, findings),
            ["capabilities"] = Capabilities(choice, stepwise),
            ["schema"] = new JsonObject(),
            ["reward"] = new JsonObject { ["total"] = null, ["last"] = null, ["steps"] = 0 },
            ["telemetry"] = new JsonObject { ["events"] = new JsonArray(), ["agent_emitted"] = false },
            ["sample_history"] = new JsonArray(),
            ["plan_preview"] = null,
            ["final_answer_sample"] = null,
            ["preflight"] = new JsonObject
            {
                ["notes"] = Node(findings.Notes.AddRange(preflight.Where(check => check.Verdict == "failed").Select(check => check.Sentence))),
                ["auto_skip"] = true,
                ["checks"] = Node(preflight),
            },
            ["modules"] = Node(findings.Modules),
            ["candidates"] = Node(findings.Targets),
            ["chat_clients"] = Node(findings.ChatClients),
            ["tools"] = Node(findings.Tools),
            ["prompts"] = Node(findings.Prompts),
            ["mcp_servers"] = Node(findings.McpServers),
            ["endpoints"] = Node(findings.Endpoints),
        };
    }

    /// <summary>Creates the payload of the row in <c>discovery_runs</c>: that of a discovery without a sample run.</summary>
    public static JsonObject Payload(DiscoveredProject project)
    {
        ArgumentNullException.ThrowIfNull(project);
        return new JsonObject
        {
            ["plan"] = null,
            ["final_answer"] = null,
            ["telemetry"] = new JsonObject { ["events"] = new JsonArray(), ["agent_emitted"] = false },
            ["reward"] = new JsonObject { ["total"] = null, ["last"] = null, ["steps"] = 0 },
            ["schema"] = new JsonObject(),
            ["history"] = new JsonArray(),
            ["capabilities"] = new JsonObject { ["llm"] = Llm(project.Choice) },
        };
    }

    private static JsonObject Capabilities(AgentChoice choice, bool stepwise) => new()
    {
        ["control_loop"] = stepwise && choice.Environment is not null ? "self" : "tool",
        ["supports_stepwise"] = stepwise,
        ["plan_description"] = null,
        ["telemetry_agent_emitted"] = choice.Agent?.Signals.Contains("call:UseAtlas") is true,
        ["preferred_mode"] = choice.Agent is null ? "paired" : "auto",
        ["llm"] = Llm(choice),
    };

    private static JsonObject Llm(AgentChoice choice) => new()
    {
        ["provider"] = choice.Source is null ? null : choice.Provider,
        ["model"] = choice.Source is null ? null : choice.Model,
        ["source"] = choice.Source,
        ["inferred"] = choice.Inferred,
    };

    private static JsonObject? Target(TargetFinding? target, ProjectFindings findings) => target is null
        ? null
        : new JsonObject
        {
            ["selection"] = target.IsFactory ? "factory" : "candidate",
            ["kwargs"] = new JsonObject(),
            ["config"] = new JsonObject(),
            ["role"] = target.Role,
            ["module"] = target.Module,
            ["qualname"] = target.QualifiedName,
            ["file"] = target.At.File,
            ["hash"] = findings.Modules.FirstOrDefault(module => module.File == target.At.File)?.Sha256,
            ["score"] = target.Score,
            ["reason"] = target.Reason,
            ["is_factory"] = target.IsFactory,
            ["signals"] = Node(target.Signals),
            ["auto_wrapped"] = false,
        };

    private static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, AtlasJson.Options);
}
