using System.Collections.Immutable;
using Atlas.Discovery.Findings;

namespace Atlas.Discovery.Python;

/// <summary>Finds agents and environments in a Python file, with the weights of the original's scan.</summary>
internal static class PythonTargets
{
    private const int Marked = 120;
    private const int AgentShape = 60;
    private const int EnvironmentShape = 80;
    private const int PerMethod = 20;
    private const int Framework = 90;
    private const int HasPrompt = 35;
    private const int InTest = -200;

    private static readonly HashSet<string> Acting =
        ["act", "plan", "summarize", "run", "arun", "invoke", "ainvoke", "step", "chat", "ask", "__call__"];

    private static readonly HashSet<string> Makers =
        ["Agent", "create_react_agent", "create_agent", "AssistantAgent", "CodeAgent", "ToolCallingAgent", "LlmAgent", "ChatAgent", "initialize_agent", "create_tool_calling_agent"];

    public static void Read(PythonModule module, FindingLog log)
    {
        foreach (var type in module.Classes)
        {
            if (OfClass(module, type) is { } target)
            {
                log.Targets.Add(target);
            }
        }

        foreach (var call in module.Calls.Where(call => Makers.Contains(call.Function)))
        {
            var instructions = new[] { "instructions", "system_prompt", "prompt", "system_message", "instruction", "state_modifier" }
                .Select(name => call.Named.TryGetValue(name, out var value) ? module.TextOf(value) : null)
                .FirstOrDefault(text => text is not null);
            var name = call.Named.TryGetValue("name", out var named) ? module.TextOf(named) : null;
            log.Targets.Add(Target(
                module, "agent", name ?? module.Name[(module.Name.LastIndexOf('.') + 1)..], call.Function, call.Line, Framework, $"made by {call.Function}",
                [$"call:{call.Function}"], instructions) with
            {
                IsFactory = true,
                Model = call.Named.TryGetValue("model", out var model) ? module.TextOf(model) : null,
            });
        }
    }

    private static TargetFinding? OfClass(PythonModule module, PythonClass type)
    {
        var methods = type.Methods.Select(method => method.Name).ToHashSet();
        var decorators = type.DecoratorNames.ToHashSet();
        var prompt = module.Assignments.Where(assignment => PythonReader.IsPromptName(assignment.Name))
            .Select(assignment => module.TextOf(assignment.Value)).FirstOrDefault(text => text is not null);
        if (decorators.Overlaps(["agent", "atlas_agent"]))
        {
            return Target(module, "agent", type.Name, type.Name, type.Line, Marked, "marked as an agent", ["decorator"], prompt);
        }

        if (decorators.Overlaps(["environment", "atlas_environment"]))
        {
            return Target(module, "environment", type.Name, type.Name, type.Line, Marked, "marked as an environment", ["decorator"], null);
        }

        if (methods.IsSupersetOf(["reset", "step"]))
        {
            return Target(
                module, "environment", type.Name, type.Name, type.Line, EnvironmentShape + (2 * PerMethod), "has the methods reset and step",
                ["method:reset", "method:step"], null);
        }

        var acting = type.Methods.Select(method => method.Name).Where(Acting.Contains).ToArray();
        var named = type.Name.EndsWith("Agent", StringComparison.Ordinal) || type.Bases.Any(one => one.EndsWith("Agent", StringComparison.Ordinal));
        return acting.Length > 0 && (named || methods.Contains("act"))
            ? Target(
                module, "agent", type.Name, type.Name, type.Line, AgentShape + (PerMethod * acting.Length), $"has the methods {string.Join(", ", acting)}",
                [.. acting.Select(method => $"method:{method}")], prompt)
            : null;
    }

    private static TargetFinding Target(
        PythonModule module, string role, string name, string qualified, int line, int score, string reason, ImmutableArray<string> signals, string? instructions) => new()
        {
            Role = role,
            Name = name,
            Module = module.Name,
            QualifiedName = qualified,
            At = new SourceLocation(module.Source.Path, line),
            Score = score + (instructions is null ? 0 : HasPrompt) + (module.Source.IsTest ? InTest : 0),
            Reason = reason,
            Signals = instructions is null ? signals : signals.Add("prompt"),
            Instructions = instructions,
        };
}
