using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Domain.Sessions;

namespace Atlas.Runtime;

/// <summary>A finished step.</summary>
public sealed record RunStep
{
    /// <summary>Gets the step's number in the plan.</summary>
    public required int Id { get; init; }

    /// <summary>Gets what was to be done.</summary>
    public required string Description { get; init; }

    /// <summary>Gets the status: <c>completed</c> (not validated), <c>passed</c>, <c>failed</c> or <c>error</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Gets the output of the last attempt.</summary>
    public required string Output { get; init; }

    /// <summary>Gets the transcript of the last attempt.</summary>
    public required string Trace { get; init; }

    /// <summary>Gets the number of attempts; 0 if it never got that far.</summary>
    public required int Attempts { get; init; }

    /// <summary>Gets the teacher's notes, in order.</summary>
    public required ImmutableArray<string> Guidance { get; init; }

    /// <summary>Gets the verdict and the placeholder reward of the last attempt.</summary>
    public required StepEvaluation Evaluation { get; init; }

    /// <summary>Gets the duration of all attempts together.</summary>
    public required TimeSpan Duration { get; init; }
}
