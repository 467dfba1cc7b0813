using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;
using Atlas.Models.Judges;

namespace Atlas.Runtime;

/// <summary>What a session did, before it has a reward.</summary>
public sealed record RunOutcome
{
    /// <summary>Gets the session's number.</summary>
    public required long SessionId { get; init; }

    /// <summary>Gets the task, as it was given.</summary>
    public required string Task { get; init; }

    /// <summary>Gets the final answer.</summary>
    public required string Answer { get; init; }

    /// <summary>Gets the mode: <c>auto</c>, <c>paired</c> or <c>coach</c>.</summary>
    public required string ExecutionMode { get; init; }

    /// <summary>Gets the plan that was executed.</summary>
    public required SessionPlan Plan { get; init; }

    /// <summary>Gets the steps, by number.</summary>
    public required ImmutableArray<RunStep> Steps { get; init; }

    /// <summary>Gets the session's metadata so far.</summary>
    public required JsonObject Metadata { get; init; }

    /// <summary>Gets a value indicating whether the teacher gave guidance, or a step took more than one attempt.</summary>
    public bool TeacherIntervened => Steps.Any(step => step.Attempts > 1 || step.Guidance.Length > 0);

    /// <summary>Converts to the request for an <see cref="IJudge"/>.</summary>
    public JudgeRequest ToJudgeRequest() => new()
    {
        Task = Task,
        FinalAnswer = Answer,
        ExecutionMode = ExecutionMode,
        TeacherIntervened = TeacherIntervened,
        Plan = JsonSerializer.SerializeToElement(Plan, AtlasJson.Options),
        Metadata = JsonSerializer.SerializeToElement(Metadata),
        Steps =
        [
            .. Steps.Select(step => new JudgedStep
            {
                Id = step.Id,
                Description = step.Description,
                Status = step.Status,
                Attempts = step.Attempts,
                Output = step.Output,
                Trace = step.Trace,
                Guidance = step.Guidance,
                Validation = JsonSerializer.SerializeToElement(step.Evaluation.Validation, AtlasJson.Options),
            }),
        ],
    };
}
