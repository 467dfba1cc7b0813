using System.Collections.Immutable;
using System.Text.Json;

namespace Atlas.Domain.Sessions;

/// <summary>One step of a session.</summary>
/// <param name="StepId">The step's number in the plan.</param>
/// <param name="Trace">The transcript of the last attempt; null if there is none.</param>
/// <param name="Output">The last output of the executor; null if there is none.</param>
/// <param name="Evaluation">The evaluation of the last attempt; null if there is none.</param>
/// <param name="Metadata">The caller's metadata, a JSON object in the form of <c>step_results.metadata</c>; null for none.</param>
/// <param name="Attempts">The evaluation of each attempt, in order, with null for an attempt that was not evaluated.</param>
/// <param name="Guidance">The teacher's notes, in order.</param>
[GenerateSerializer, Immutable, Alias("atlas.step-record")]
public sealed record StepRecord(
    [property: Id(0)] int StepId,
    [property: Id(1)] string? Trace = null,
    [property: Id(2)] string? Output = null,
    [property: Id(3)] StepEvaluation? Evaluation = null,
    [property: Id(4)] JsonElement? Metadata = null,
    [property: Id(5)] ImmutableArray<StepEvaluation?> Attempts = default,
    [property: Id(6)] ImmutableArray<string> Guidance = default);
