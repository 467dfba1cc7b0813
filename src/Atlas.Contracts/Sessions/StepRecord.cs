using System.Collections.Immutable;

namespace Atlas.Contracts.Sessions;

/// <summary>One step of a session.</summary>
/// <param name="StepId">The step's number in the plan.</param>
/// <param name="Trace">Transcript of the last attempt.</param>
/// <param name="Output">What the executor returned last.</param>
/// <param name="EvaluationJson">A JSON object of the form <c>step_results.evaluation</c>.</param>
/// <param name="MetadataJson">A JSON object of the form <c>step_results.metadata</c>.</param>
/// <param name="AttemptEvaluationsJson">One evaluation per attempt, in order.</param>
/// <param name="Guidance">The teacher's notes, in order.</param>
[GenerateSerializer, Immutable, Alias("atlas.step-record")]
public sealed record StepRecord(
    [property: Id(0)] int StepId,
    [property: Id(1)] string? Trace,
    [property: Id(2)] string? Output,
    [property: Id(3)] string? EvaluationJson,
    [property: Id(4)] string? MetadataJson,
    [property: Id(5)] ImmutableArray<string> AttemptEvaluationsJson,
    [property: Id(6)] ImmutableArray<string> Guidance);
