namespace Atlas.Domain.Experiments;

/// <summary>What an experiment has found so far. May be read, and acted on, as often as anybody likes.</summary>
[GenerateSerializer, Immutable, Alias("atlas.experiment-report")]
public sealed record ExperimentReport
{
    /// <summary>Its number within the learning key.</summary>
    [Id(0)]
    public required int Number { get; init; }

    /// <summary>What is held against what.</summary>
    [Id(1)]
    public required ExperimentPlan Plan { get; init; }

    /// <summary>How far it is.</summary>
    [Id(2)]
    public required ExperimentStatus Status { get; init; }

    /// <summary>The verdict on the new arm; that of the end, once it has ended.</summary>
    [Id(3)]
    public required ExperimentDecision Decision { get; init; }

    /// <summary>The estimate: reward of the new arm less that of the first, −1 to 1; null without a session in both.</summary>
    [Id(4)]
    public double? Effect { get; init; }

    /// <summary>The lower bound of the difference, valid at every look.</summary>
    [Id(5)]
    public double Low { get; init; } = -1;

    /// <summary>The upper bound.</summary>
    [Id(6)]
    public double High { get; init; } = 1;

    /// <summary>How sure the bounds are, 0 to 1.</summary>
    [Id(7)]
    public double Confidence { get; init; }

    /// <summary>Counted sessions of the new arm.</summary>
    [Id(8)]
    public long InNew { get; init; }

    /// <summary>Counted sessions of the first arm.</summary>
    [Id(9)]
    public long InFirst { get; init; }

    /// <summary>About so many sessions are missing until the difference worth seeing could be seen; 0 with a verdict.</summary>
    [Id(10)]
    public long Missing { get; init; }

    /// <summary>All of it in a sentence.</summary>
    [Id(11)]
    public required string Summary { get; init; }

    /// <summary>When it was started.</summary>
    [Id(12)]
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Who started it.</summary>
    [Id(13)]
    public required string StartedBy { get; init; }

    /// <summary>Why; null if no reason was given.</summary>
    [Id(14)]
    public string? Reason { get; init; }

    /// <summary>When it was stopped or concluded; null while it was not.</summary>
    [Id(15)]
    public DateTimeOffset? EndedAt { get; init; }
}
