using System.Collections.Immutable;
using System.Text.Json;

namespace Atlas.Domain.Sessions;

/// <summary>One step of a session.</summary>
/// <param name="StepId">The step's number in the plan.</param>
/// <param name="Trace">Transcript of the last attempt; null if there is none.</param>
/// <param name="Output">What the executor returned last; null if it returned nothing.</param>
/// <param name="Evaluation">What was thought of the last attempt; null if nothing was.</param>
/// <param name="Metadata">The caller's own, a JSON object of the form <c>step_results.metadata</c>; null for none.</param>
/// <param name="Attempts">What was thought of each attempt, in order; null inside for one that nothing was thought of.</param>
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
