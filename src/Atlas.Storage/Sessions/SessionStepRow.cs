using System.Collections.Immutable;

namespace Atlas.Storage.Sessions;

/// <summary>One step of a session with its attempts and the guidance it got.</summary>
public sealed record SessionStepRow
{
    /// <summary>The step's number in the plan.</summary>
    public required int StepId { get; init; }

    /// <summary>Transcript of the last attempt.</summary>
    public string? Trace { get; init; }

    /// <summary>What the executor returned last.</summary>
    public string? Output { get; init; }

    /// <summary>A JSON object <c>{validation, reward}</c>, of the last attempt.</summary>
    public string? EvaluationJson { get; init; }

    /// <summary>A JSON object; null for none.</summary>
    public string? MetadataJson { get; init; }

    /// <summary>One evaluation per attempt, in order; null inside for an attempt without one.</summary>
    public ImmutableArray<string?> AttemptEvaluationsJson { get; init; } = [];

    /// <summary>The teacher's notes, in order.</summary>
    public ImmutableArray<string> Guidance { get; init; } = [];
}
