using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>Model calls and tokens of some work, as the provider counts them.</summary>
/// <param name="Calls">The number of answered calls of a language model; 0 or more.</param>
/// <param name="PromptTokens">Tokens sent; 0 if the provider does not report them.</param>
/// <param name="CompletionTokens">Tokens received; 0 if the provider does not report them.</param>
[GenerateSerializer, Immutable, Alias("atlas.token-usage")]
public sealed record TokenUsage(
    [property: Id(0)] int Calls,
    [property: Id(1)] long PromptTokens,
    [property: Id(2)] long CompletionTokens)
{
    /// <summary>Gets the usage without any call.</summary>
    public static TokenUsage None { get; } = new(0, 0, 0);

    /// <summary>Gets tokens that are in the provider's total, but counted neither as sent nor as received.</summary>
    [Id(3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long OtherTokens { get; init; }

    /// <summary>Gets the total number of tokens.</summary>
    [JsonIgnore]
    public long TotalTokens => Finite.Sum(PromptTokens, CompletionTokens) + OtherTokens;

    /// <summary>Adds two usages.</summary>
    public static TokenUsage operator +(TokenUsage left, TokenUsage right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(
            (int)Math.Min((long)left.Calls + right.Calls, int.MaxValue),
            Finite.Sum(left.PromptTokens, right.PromptTokens),
            Finite.Sum(left.CompletionTokens, right.CompletionTokens))
        {
            OtherTokens = left.OtherTokens + right.OtherTokens,
        };
    }
}
