using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>What the tokens of a model cost, so that sessions can tell what they spent.</summary>
public sealed record TokenPrice
{
    /// <summary>US dollars for a million tokens that are sent.</summary>
    /// <value>The default is 0.0.</value>
    [Range(0d, 100_000d)]
    public double InputPerMillion { get; init; }

    /// <summary>US dollars for a million tokens that are received.</summary>
    /// <value>The default is 0.0.</value>
    [Range(0d, 100_000d)]
    public double OutputPerMillion { get; init; }

    /// <summary>US dollars for some calls.</summary>
    /// <param name="inputTokens">Tokens sent.</param>
    /// <param name="outputTokens">Tokens received.</param>
    public decimal Of(long inputTokens, long outputTokens) =>
        ((inputTokens * (decimal)InputPerMillion) + (outputTokens * (decimal)OutputPerMillion)) / 1_000_000m;
}
