using System.Text.Json.Nodes;

namespace Atlas.Runtime.Agents;

/// <summary>A call of an agent in structured form.</summary>
/// <param name="Mode">What the agent is asked for.</param>
/// <param name="TaskPayload">The task of the session, as it was given.</param>
/// <param name="StepPayload">The step; null outside a step.</param>
/// <param name="Tool">The tool to execute; null in every mode except <see cref="AgentMode.Tool"/>.</param>
public sealed record AgentPayload(AgentMode Mode, string TaskPayload, StepPayload? StepPayload = null, ToolPayload? Tool = null)
{
    /// <summary>Returns the payload as JSON: <c>mode</c>, <c>task_payload</c> and, if set, <c>step_payload</c> and <c>tool</c>.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["mode"] = Mode.ToString().ToLowerInvariant(),
            ["task_payload"] = TaskPayload,
        };
        if (StepPayload is not null)
        {
            json["step_payload"] = StepPayload.ToJson();
        }

        if (Tool is not null)
        {
            json["tool"] = new JsonObject { ["name"] = Tool.Name, ["arguments"] = Tool.Arguments.DeepClone() };
        }

        return json;
    }
}
