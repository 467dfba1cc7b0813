using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>Calls and tokens of some piece of work, as the provider counts them.</summary>
/// <param name="Calls">Calls of a language model that were answered; 0 or more.</param>
/// <param name="PromptTokens">Tokens sent; 0 if the provider does not say.</param>
/// <param name="CompletionTokens">Tokens received; 0 if the provider does not say.</param>
[GenerateSerializer, Immutable, Alias("atlas.token-usage")]
public sealed record TokenUsage(
    [property: Id(0)] int Calls,
    [property: Id(1)] long PromptTokens,
    [property: Id(2)] long CompletionTokens)
{
    /// <summary>No call at all.</summary>
    public static TokenUsage None { get; } = new(0, 0, 0);

    /// <summary>Tokens that the provider has in its total, but counts neither as sent nor as received.</summary>
    [Id(3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long OtherTokens { get; init; }

    /// <summary>All tokens together.</summary>
    [JsonIgnore]
    public long TotalTokens => Finite.Sum(PromptTokens, CompletionTokens) + OtherTokens;

    /// <summary>Both together.</summary>
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
