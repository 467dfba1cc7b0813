using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;

namespace Atlas.Runtime.Plans;

/// <summary>Records of the session as parts of larger JSON: of prompts, payloads and events.</summary>
internal static class PlanJson
{
    /// <summary>The plan as it is stored.</summary>
    public static JsonObject ToJson(this SessionPlan plan) => Write(plan);

    /// <summary>The step as it is stored.</summary>
    public static JsonObject ToJson(this PlanStep step) => Write(step);

    /// <summary>The evaluation as it is stored.</summary>
    public static JsonObject ToJson(this StepEvaluation evaluation) => Write(evaluation);

    private static JsonObject Write<T>(T value) => JsonSerializer.SerializeToNode(value, AtlasJson.Options)!.AsObject();
}
