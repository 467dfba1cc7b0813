using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>What the tokens of a model cost, so that sessions can report what they spent.</summary>
public sealed record TokenPrice
{
    private const double UsualCached = 0.1;
    private const double UsualWrite = 1.25;

    /// <summary>US dollars per million tokens sent.</summary>
    /// <value>The default is 0.0.</value>
    [Range(0d, 100_000d)]
    public double InputPerMillion { get; init; }

    /// <summary>US dollars per million tokens received.</summary>
    /// <value>The default is 0.0.</value>
    [Range(0d, 100_000d)]
    public double OutputPerMillion { get; init; }

    /// <summary>US dollars per million tokens read from the vendor's prompt cache.</summary>
    /// <value>The default is none: a tenth of <c>input_per_million</c>.</value>
    [Range(0d, 100_000d)]
    public double? CachedInputPerMillion { get; init; }

    /// <summary>US dollars per million tokens written to the vendor's prompt cache.</summary>
    /// <value>The default is none: 1.25 times <c>input_per_million</c>.</value>
    [Range(0d, 100_000d)]
    public double? CacheWritePerMillion { get; init; }

    /// <summary>The price of a million tokens from the cache.</summary>
    internal double CachedInput => CachedInputPerMillion ?? (UsualCached * InputPerMillion);

    /// <summary>The price of a million tokens that are written into it.</summary>
    internal double CacheWrite => CacheWritePerMillion ?? (UsualWrite * InputPerMillion);

    /// <summary>US dollars for some calls.</summary>
    /// <param name="inputTokens">Tokens sent.</param>
    /// <param name="outputTokens">Tokens received.</param>
    /// <param name="cachedTokens">Of those sent, the ones from the cache.</param>
    /// <param name="writtenTokens">Of those sent, the ones that were written into it.</param>
    public decimal Of(long inputTokens, long outputTokens, long cachedTokens = 0, long writtenTokens = 0) =>
        ((Math.Max(0, inputTokens - cachedTokens - writtenTokens) * (decimal)InputPerMillion) + (cachedTokens * (decimal)CachedInput)
            + (writtenTokens * (decimal)CacheWrite) + (outputTokens * (decimal)OutputPerMillion)) / 1_000_000m;
}
