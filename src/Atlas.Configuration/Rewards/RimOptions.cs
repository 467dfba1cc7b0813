using System.ComponentModel.DataAnnotations;
using Atlas.Learning.Options;

namespace Atlas.Configuration.Rewards;

/// <summary>The block <c>rim</c>: the judges that give a session its reward.</summary>
public sealed record RimOptions
{
    /// <summary>The model that judges first, three times.</summary>
    public required LlmParameters SmallModel { get; init; }

    /// <summary>The arbiter. It is asked when the first judgements disagree or are unsure.</summary>
    public required LlmParameters LargeModel { get; init; }

    /// <summary>Standard deviation of the scores above which the arbiter is asked.</summary>
    /// <value>The default is 0.15.</value>
    [Range(0d, double.MaxValue)]
    public double VarianceThreshold { get; init; } = 0.15;

    /// <summary>Uncertainty of a single judgement above which the arbiter is asked.</summary>
    /// <value>The default is 0.3.</value>
    [Range(0d, 1d)]
    public double UncertaintyThreshold { get; init; } = 0.3;

    /// <summary>Maximum number of judge calls in progress at the same time, over all sessions of a process.</summary>
    /// <value>The default is 4.</value>
    [Range(1, 32)]
    public int ParallelWorkers { get; init; } = 4;

    /// <summary>What the judges should pay particular attention to.</summary>
    /// <value>The default is none.</value>
    public string? JudgePrompt { get; init; }
}
