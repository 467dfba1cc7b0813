using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Domain.Sessions;

namespace Atlas.Runtime;

/// <summary>A step as it ended.</summary>
public sealed record RunStep
{
    /// <summary>The step's number in the plan.</summary>
    public required int Id { get; init; }

    /// <summary>What was to be done.</summary>
    public required string Description { get; init; }

    /// <summary><c>completed</c> (not validated), <c>passed</c>, <c>failed</c> or <c>error</c>.</summary>
    public required string Status { get; init; }

    /// <summary>What came out of the last attempt.</summary>
    public required string Output { get; init; }

    /// <summary>Transcript of the last attempt.</summary>
    public required string Trace { get; init; }

    /// <summary>How often it was tried; 0 if it never got that far.</summary>
    public required int Attempts { get; init; }

    /// <summary>What the teacher said, in order.</summary>
    public required ImmutableArray<string> Guidance { get; init; }

    /// <summary>Verdict and placeholder reward of the last attempt.</summary>
    public required StepEvaluation Evaluation { get; init; }

    /// <summary>How long it took, all attempts together.</summary>
    public required TimeSpan Duration { get; init; }
}
