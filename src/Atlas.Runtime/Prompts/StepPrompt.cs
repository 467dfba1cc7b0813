using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;

namespace Atlas.Runtime.Prompts;

/// <summary>The student's prompt for a step. Cues are detected in this text.</summary>
internal static class StepPrompt
{
    public static string Write(PlanStep step, string task, ImmutableArray<int> dependencies, JsonObject priorResults, IReadOnlyList<string> guidance)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Step ID: {step.Id}\n");
        text.Append(CultureInfo.InvariantCulture, $"Description: {step.Description}\n");
        text.Append(CultureInfo.InvariantCulture, $"Original Task:\n{task.Trim()}\n");
        if (step.Tool is { Length: > 0 } tool)
        {
            text.Append(CultureInfo.InvariantCulture, $"Suggested Tool: {tool}\n");
            if (step.ToolParams is { } parameters)
            {
                text.Append(CultureInfo.InvariantCulture, $"Suggested Arguments: {JsonSerializer.Serialize(parameters, AtlasJson.Options)}\n");
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"Dependencies: [{string.Join(", ", dependencies)}]\n");
        text.Append(CultureInfo.InvariantCulture, $"Prior Results: {priorResults.ToJsonString(AtlasJson.Indented)}\n");
        text.Append("Guidance History: ").Append(new JsonArray([.. guidance.Select(note => (JsonNode)note)]).ToJsonString(AtlasJson.Indented));
        return text.ToString();
    }
}
