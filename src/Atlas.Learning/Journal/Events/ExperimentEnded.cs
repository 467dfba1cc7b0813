using Atlas.Domain.Experiments;

namespace Atlas.Learning.Journal;

/// <summary>A person stopped or concluded an experiment. The consequences of a conclusion are separate events.</summary>
public sealed record ExperimentEnded : LearningKeyEvent
{
    public required int Number { get; init; }

    /// <summary><see cref="ExperimentStatus.Stopped"/> or <see cref="ExperimentStatus.Concluded"/>.</summary>
    public required ExperimentStatus Status { get; init; }

    public required ExperimentDecision Decision { get; init; }

    public string? Reason { get; init; }
}
