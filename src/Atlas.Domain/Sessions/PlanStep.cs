using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atlas.Domain.Sessions;

/// <summary>A step of a plan.</summary>
/// <param name="Id">The step's number.</param>
/// <param name="Description">What to do.</param>
/// <param name="DependsOn">The steps it depends on, as written: a number, or a number after <c>#</c>.</param>
/// <param name="Tool">The tool it is meant for; null if none is named.</param>
/// <param name="ToolParams">The arguments for that tool, any JSON; null if none are given.</param>
[GenerateSerializer, Immutable, Alias("atlas.plan-step")]
public sealed record PlanStep(
    [property: Id(0)] int Id,
    [property: Id(1)] string Description,
    [property: Id(2), JsonConverter(typeof(StepReferences)), JsonPropertyOrder(1)] ImmutableArray<string> DependsOn,
    [property: Id(3)] string? Tool = null,
    [property: Id(4)] JsonElement? ToolParams = null);
