using System.Globalization;
using System.Text.Json.Nodes;
using Atlas.Cli.Output;
using Atlas.Domain.Json;
using Atlas.Runtime;
using Atlas.Runtime.Observing;

namespace Atlas.Cli.Run.Console;

/// <summary>Prints the progress of a session to standard error for people: the playbook, the mode, plan, steps, tools, the teacher's
/// comments, and finally the reward.</summary>
/// <param name="terminal">The terminal to print to.</param>
/// <param name="withSteps">Whether plan and steps are printed; the records contain them either way.</param>
/// <param name="withTokens">Whether the student's words are printed as they arrive.</param>
internal sealed class SessionConsole(Terminal terminal, bool withSteps, bool withTokens) : IRunObserver
{
    private const int Line = 160;

    private readonly Lock _lock = new();
    private readonly TokenStream _tokens = new(terminal.TalkWriter);

    public void Started(RunStarted started)
    {
        var playbook = started.Playbook;
        Say($"session {started.SessionId} of {started.LearningKey}: {Wording.OneLine(started.Task, Line)}");
        Say(playbook switch
        {
            { Student: null, Teacher: null } => "playbook: nothing learned yet",
            { ApplyToPrompts: false } => $"playbook: version {playbook.Version}, kept out of the prompts (learning.apply_to_prompts)",
            _ => $"playbook: version {playbook.Version}, {Wording.Count(playbook.EntryCount, "entry", "entries")}, student {Wording.Hash(playbook.Student?.Sha256)}",
        });
    }

    public void Happened(RunEvent happened)
    {
        lock (_lock)
        {
            if (happened.Type == RunEventTypes.LlmNewToken)
            {
                if (withTokens && withSteps && happened.Actor == "student")
                {
                    _tokens.Add(happened.Id, Text(happened.Chunk?["text"]));
                }

                return;
            }

            if (happened.Type == RunEventTypes.LlmEnd)
            {
                _tokens.End(happened.Id);
                return;
            }

            if (TellingOf(happened) is { } telling)
            {
                _tokens.Break();
                terminal.Say(telling);
            }
        }
    }

    public void Completed(RunResult result)
    {
        foreach (var warning in result.Warnings)
        {
            Say($"warning: {warning}");
        }

        if (result.Error is { } error)
        {
            Say($"failed: {error}");
        }

        Say(result.Reward is { } reward
            ? $"reward: {RewardText.Of(reward)}{(string.IsNullOrWhiteSpace(reward.Rationale) ? "" : $": {Wording.OneLine(reward.Rationale, Line)}")}"
            : $"reward: none{(result.RewardAbsent is { } why ? $"; {why}" : "")}");
    }

    private string? TellingOf(RunEvent happened) => (happened.Type, happened.Name) switch
    {
        (RunEventTypes.CustomEnd, "adaptive_route") => Mode(happened.Output),
        (RunEventTypes.FunctionEnd, "plan_creation") when withSteps => Plan("plan", happened.Output),
        (RunEventTypes.FunctionEnd, "plan_review") when withSteps => Plan("teacher's plan", happened.Output),
        (RunEventTypes.TaskStart, _) when withSteps && IsStep(happened) => StepBegins(happened),
        (RunEventTypes.TaskEnd, _) when withSteps && IsStep(happened) => StepEnds(happened),
        (RunEventTypes.ToolStart, _) when withSteps => $"  {Step(happened)}calls {happened.Name} {Wording.OneLine(Arguments(happened.Input), Line)}",
        (RunEventTypes.ToolEnd, _) when withSteps => $"  {Step(happened)}{happened.Name}: {Wording.OneLine(Text(happened.Output), Line)}",
        _ => null,
    };

    private static bool IsStep(RunEvent happened) => happened.Name.StartsWith("step_", StringComparison.Ordinal);

    private static string? Mode(JsonNode? output) => Text(output?["mode"]) is { Length: > 0 } mode
        ? $"mode: {mode}{(Text(output?["reason"]) is { Length: > 0 } reason ? $" ({reason.Replace('_', ' ')})" : "")}"
        : null;

    private static string? Plan(string title, JsonNode? output)
    {
        if (output?["steps"] is not JsonArray { Count: > 0 } steps)
        {
            return null;
        }

        var lines = steps.OfType<JsonObject>().Select(step =>
        {
            var after = step["depends_on"] is JsonArray { Count: > 0 } needs ? $" (after {string.Join(", ", needs.Select(Text))})" : "";
            return $"\n  {Text(step["id"])}. {Wording.OneLine(Text(step["description"]), Line)}{after}";
        });
        return $"{title}:{string.Concat(lines)}";
    }

    private static string StepBegins(RunEvent happened)
    {
        var attempt = Text(happened.Input?["attempt"]);
        var again = attempt is "" or "1" ? "" : $", attempt {attempt}";
        return $"step {StepNumber(happened)}{again}: {Wording.OneLine(Text(happened.Input?["step"]?["description"]), Line)}";
    }

    private static string StepEnds(RunEvent happened)
    {
        var output = happened.Output;
        var took = happened.Duration is { } duration ? string.Create(CultureInfo.InvariantCulture, $" in {duration.TotalSeconds:0.0} s") : "";
        if (Text(output?["error"]) is { Length: > 0 } error)
        {
            return $"step {StepNumber(happened)} failed{took}: {Wording.OneLine(error, Line)}";
        }

        var validation = output?["evaluation"]?["validation"];
        var guidance = Text(validation?["guidance"]);
        return $"step {StepNumber(happened)} {Text(output?["status"])}{took}"
            + (guidance.Length > 0 ? $"\n  teacher: {Wording.OneLine(guidance, 2 * Line)}" : "");
    }

    private static string StepNumber(RunEvent happened) => happened.Name["step_".Length..];

    private static string Step(RunEvent happened) =>
        happened.StepId is { } step ? string.Create(CultureInfo.InvariantCulture, $"[{step}] ") : "";

    private static string Arguments(JsonNode? input) => Text(input is JsonObject call && call["arguments"] is { } arguments ? arguments : input);

    private static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => node.ToJsonString(AtlasJson.Options),
    };

    private void Say(string line)
    {
        lock (_lock)
        {
            _tokens.Break();
            terminal.Say(line);
        }
    }
}
