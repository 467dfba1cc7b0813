using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Atlas.Learning.Plans;

/// <summary>A step of a plan.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Description">What is to be done.</param>
/// <param name="DependsOn">The steps it builds on, as they were written: a number, or a number after <c>#</c>.</param>
/// <param name="Tool">The tool it is meant for; null if none is named.</param>
/// <param name="ToolParams">What that tool is to be called with; null if nothing is said.</param>
public sealed record PlanStep(
    int Id, string Description, ImmutableArray<string> DependsOn, string? Tool = null, JsonNode? ToolParams = null)
{
    /// <summary>The step as it is stored, all five keys.</summary>
    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["description"] = Description,
        ["tool"] = Tool,
        ["tool_params"] = ToolParams?.DeepClone(),
        ["depends_on"] = new JsonArray([.. DependsOn.Select(Reference)]),
    };

    private static JsonNode Reference(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : text;
}
