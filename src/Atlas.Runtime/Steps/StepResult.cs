using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Sessions;

namespace Atlas.Runtime.Steps;

/// <summary>A step that was done, or failed.</summary>
internal sealed record StepResult
{
    public required PlanStep Step { get; init; }

    /// <summary>The status: <c>completed</c>, <c>passed</c>, <c>failed</c> or <c>error</c>.</summary>
    public required string Status { get; init; }

    public required string Output { get; init; }

    public required string Trace { get; init; }

    /// <summary>The deliverable of the step, if it is a text that is not blank.</summary>
    public string? DeliverableText { get; init; }

    /// <summary>One evaluation per attempt, in order; at least one.</summary>
    public required ImmutableArray<StepEvaluation> Evaluations { get; init; }

    public required int Attempts { get; init; }

    public required ImmutableArray<string> Guidance { get; init; }

    public required JsonObject Metadata { get; init; }

    /// <summary>What later steps see of this one.</summary>
    public required JsonObject ContextEntry { get; init; }

    public required TimeSpan Duration { get; init; }

    public StepRecord ToRecord() => new(
        Step.Id,
        Trace,
        Output,
        Evaluations[^1],
        JsonSerializer.SerializeToElement(Metadata),
        Attempts == 0 ? [] : [.. Evaluations],
        Guidance);

    public RunStep ToRunStep() => new()
    {
        Id = Step.Id,
        Description = Step.Description,
        Status = Status,
        Output = Output,
        Trace = Trace,
        Attempts = Attempts,
        Guidance = Guidance,
        Evaluation = Evaluations[^1],
        Duration = Duration,
    };

    /// <summary>Creates the result of a step that ended with an exception.</summary>
    public static StepResult Failed(PlanStep step, Exception failure, ImmutableArray<StepEvaluation> evaluations, ImmutableArray<string> guidance, TimeSpan duration)
    {
        ImmutableArray<StepEvaluation> all = evaluations.Add(Steps.Evaluations.Crashed(failure.Message));
        return new StepResult
        {
            Step = step,
            Status = "error",
            Output = "",
            Trace = "",
            Evaluations = all,
            Attempts = evaluations.Length,
            Guidance = guidance,
            Metadata = new JsonObject { ["error"] = failure.Message },
            ContextEntry = new JsonObject { ["error"] = failure.Message },
            Duration = duration,
        };
    }
}
