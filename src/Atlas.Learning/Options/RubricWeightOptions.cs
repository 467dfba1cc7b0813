using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>The block <c>learning.rubric_weights</c>: shares of the four scores; brought to a sum of one before use.</summary>
public sealed record RubricWeightOptions
{
    [Range(0d, 1d)]
    public double Actionability { get; init; } = 0.4;

    [Range(0d, 1d)]
    public double Generality { get; init; } = 0.3;

    [Range(0d, 1d)]
    public double Hookability { get; init; } = 0.2;

    [Range(0d, 1d)]
    public double Concision { get; init; } = 0.1;
}
