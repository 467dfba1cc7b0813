using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Atlas.Learning.Plans;

/// <summary>A plan.</summary>
/// <param name="Steps">Its steps, at least one, in the order in which they were written.</param>
/// <param name="ExecutionMode"><see cref="Stepwise"/> or <see cref="SingleShot"/>.</param>
public sealed record SessionPlan(ImmutableArray<PlanStep> Steps, string ExecutionMode)
{
    /// <summary>Step by step.</summary>
    public const string Stepwise = "stepwise";

    /// <summary>All in one step.</summary>
    public const string SingleShot = "single_shot";

    /// <summary>A plan of one step.</summary>
    public static SessionPlan OfOne(string description, string executionMode) => new([new PlanStep(1, description, [])], executionMode);

    /// <summary>The plan as it is stored.</summary>
    public JsonObject ToJson() => new()
    {
        ["steps"] = new JsonArray([.. Steps.Select(step => step.ToJson())]),
        ["execution_mode"] = ExecutionMode,
    };
}
