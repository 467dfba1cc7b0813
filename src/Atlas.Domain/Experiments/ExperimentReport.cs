namespace Atlas.Domain.Experiments;

/// <summary>What an experiment has found so far. You can read it, and act on it, as often as you like.</summary>
[GenerateSerializer, Immutable, Alias("atlas.experiment-report")]
public sealed record ExperimentReport
{
    /// <summary>Gets the experiment's number within the learning key.</summary>
    [Id(0)]
    public required int Number { get; init; }

    /// <summary>Gets what is compared.</summary>
    [Id(1)]
    public required ExperimentPlan Plan { get; init; }

    /// <summary>Gets the status.</summary>
    [Id(2)]
    public required ExperimentStatus Status { get; init; }

    /// <summary>Gets the verdict on the new arm; the final one if the experiment has ended.</summary>
    [Id(3)]
    public required ExperimentDecision Decision { get; init; }

    /// <summary>Gets the estimated difference: the reward of the new arm minus that of the first, from −1 to 1; null until both have a
    /// session.</summary>
    [Id(4)]
    public double? Effect { get; init; }

    /// <summary>Gets the lower bound of the difference, valid at every look.</summary>
    [Id(5)]
    public double Low { get; init; } = -1;

    /// <summary>Gets the upper bound.</summary>
    [Id(6)]
    public double High { get; init; } = 1;

    /// <summary>Gets the confidence level of the bounds, from 0 to 1.</summary>
    [Id(7)]
    public double Confidence { get; init; }

    /// <summary>Gets the number of counted sessions in the new arm.</summary>
    [Id(8)]
    public long InNew { get; init; }

    /// <summary>Gets the number of counted sessions in the first arm.</summary>
    [Id(9)]
    public long InFirst { get; init; }

    /// <summary>Gets the approximate number of sessions still needed to find the difference worth seeing; 0 with a verdict.</summary>
    [Id(10)]
    public long Missing { get; init; }

    /// <summary>Gets a summary in one sentence.</summary>
    [Id(11)]
    public required string Summary { get; init; }

    /// <summary>Gets when it was started.</summary>
    [Id(12)]
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets who started it.</summary>
    [Id(13)]
    public required string StartedBy { get; init; }

    /// <summary>Gets why it was started; null if no reason was given.</summary>
    [Id(14)]
    public string? Reason { get; init; }

    /// <summary>Gets when it was stopped or concluded; null if it was not.</summary>
    [Id(15)]
    public DateTimeOffset? EndedAt { get; init; }
}
