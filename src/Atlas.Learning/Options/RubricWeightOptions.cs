using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>The block <c>learning.rubric_weights</c>: shares of the four scores; brought to a sum of one before use.</summary>
public sealed record RubricWeightOptions
{
    /// <summary>Weight of how readily the entry can be acted on.</summary>
    /// <value>The default is 0.4.</value>
    [Range(0d, 1d)]
    public double Actionability { get; init; } = 0.4;

    /// <summary>Weight of how far it holds beyond one case.</summary>
    /// <value>The default is 0.3.</value>
    [Range(0d, 1d)]
    public double Generality { get; init; } = 0.3;

    /// <summary>Weight of how well its cue can be recognised.</summary>
    /// <value>The default is 0.2.</value>
    [Range(0d, 1d)]
    public double Hookability { get; init; } = 0.2;

    /// <summary>Weight of how short it is.</summary>
    /// <value>The default is 0.1.</value>
    [Range(0d, 1d)]
    public double Concision { get; init; } = 0.1;
}
