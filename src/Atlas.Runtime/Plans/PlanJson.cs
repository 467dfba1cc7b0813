using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;

namespace Atlas.Runtime.Plans;

/// <summary>Converts records of the session to JSON for prompts, payloads and events.</summary>
internal static class PlanJson
{
    /// <summary>Returns the plan as it is stored.</summary>
    public static JsonObject ToJson(this SessionPlan plan) => Write(plan);

    /// <summary>Returns the step as it is stored.</summary>
    public static JsonObject ToJson(this PlanStep step) => Write(step);

    /// <summary>Returns the evaluation as it is stored.</summary>
    public static JsonObject ToJson(this StepEvaluation evaluation) => Write(evaluation);

    private static JsonObject Write<T>(T value) => JsonSerializer.SerializeToNode(value, AtlasJson.Options)!.AsObject();
}
