using Atlas.Domain.Experiments;

namespace Atlas.Learning.Journal;

/// <summary>An experiment has its verdict, or all its planned sessions: no more sessions are drawn for it.</summary>
public sealed record ExperimentDecided : LearningKeyEvent
{
    public required int Number { get; init; }

    public required ExperimentDecision Decision { get; init; }

    /// <summary>The verdict in words.</summary>
    public string? Reason { get; init; }
}
