using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>The block <c>learning.rubric_weights</c>: weights of the four scores. They are normalized to a sum of one before use.</summary>
public sealed record RubricWeightOptions
{
    /// <summary>Weight of how easy the entry is to act on.</summary>
    /// <value>The default is 0.4.</value>
    [Range(0d, 1d)]
    public double Actionability { get; init; } = 0.4;

    /// <summary>Weight of how far the entry applies beyond one case.</summary>
    /// <value>The default is 0.3.</value>
    [Range(0d, 1d)]
    public double Generality { get; init; } = 0.3;

    /// <summary>Weight of how reliably the entry's cue can be recognized.</summary>
    /// <value>The default is 0.2.</value>
    [Range(0d, 1d)]
    public double Hookability { get; init; } = 0.2;

    /// <summary>Weight of how short the entry is.</summary>
    /// <value>The default is 0.1.</value>
    [Range(0d, 1d)]
    public double Concision { get; init; } = 0.1;
}
