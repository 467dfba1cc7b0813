using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atlas.Domain.Sessions;

/// <summary>A step of a plan.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Description">What is to be done.</param>
/// <param name="DependsOn">The steps it builds on, as they were written: a number, or a number after <c>#</c>.</param>
/// <param name="Tool">The tool it is meant for; null if none is named.</param>
/// <param name="ToolParams">What that tool is to be called with, any JSON; null if nothing is said.</param>
[GenerateSerializer, Immutable, Alias("atlas.plan-step")]
public sealed record PlanStep(
    [property: Id(0)] int Id,
    [property: Id(1)] string Description,
    [property: Id(2), JsonConverter(typeof(StepReferences)), JsonPropertyOrder(1)] ImmutableArray<string> DependsOn,
    [property: Id(3)] string? Tool = null,
    [property: Id(4)] JsonElement? ToolParams = null);
