using Atlas.Domain.Experiments;

namespace Atlas.Learning.Journal;

/// <summary>An experiment has its verdict, or all its planned sessions, or no session gets its entry any more: no more sessions are drawn for
/// it.</summary>
public sealed record ExperimentDecided : LearningKeyEvent
{
    public required int Number { get; init; }

    public required ExperimentDecision Decision { get; init; }

    /// <summary>The verdict in words.</summary>
    public string? Reason { get; init; }
}
