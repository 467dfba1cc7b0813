using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Atlas.Runtime.Agents;

/// <summary>The step of a call.</summary>
/// <param name="StepId">The step's number in the plan.</param>
/// <param name="Description">What to do.</param>
/// <param name="DependsOn">The steps whose results it depends on.</param>
public sealed record StepPayload(int StepId, string Description, ImmutableArray<int> DependsOn)
{
    /// <summary>Returns the step as JSON: <c>step_id</c>, <c>description</c>, <c>depends_on</c>.</summary>
    public JsonObject ToJson() => new()
    {
        ["step_id"] = StepId,
        ["description"] = Description,
        ["depends_on"] = new JsonArray([.. DependsOn.Select(id => (JsonNode)id)]),
    };
}
