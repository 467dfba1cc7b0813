using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>Which language model to call, and how.</summary>
public sealed record LlmParameters
{
    /// <summary>Who answers the calls.</summary>
    /// <value>The default is <c>openai</c>.</value>
    public LlmProvider Provider { get; init; } = LlmProvider.OpenAI;

    /// <summary>The model's name, as its provider writes it; a leading <c>provider/</c> is allowed.</summary>
    [Required]
    public required string Model { get; init; }

    /// <summary>Name of the environment variable that holds the key; never the key itself.</summary>
    /// <value>The default is <c>OPENAI_API_KEY</c>, for every provider.</value>
    [RegularExpression("^(?!AIza|AKIA|sk_|xai_)[A-Za-z_][A-Za-z0-9_]{0,63}$", ErrorMessage = "must be the name of an environment variable, not a key")]
    public string ApiKeyEnv { get; init; } = "OPENAI_API_KEY";

    /// <summary>Address of the service, when it is not the provider's own.</summary>
    /// <value>The default is none.</value>
    [RegularExpression(@"^https?://\S+$", ErrorMessage = "must be an absolute http or https address")]
    public string? ApiBase { get; init; }

    /// <summary>Organisation the calls are billed to.</summary>
    /// <value>The default is none.</value>
    public string? Organization { get; init; }

    /// <summary>How freely the model chooses its words; null sends none at all, for models that refuse it.</summary>
    /// <value>The default is 0.0.</value>
    [Range(0d, 2d)]
    public double? Temperature { get; init; } = 0.0;

    /// <summary>Share of the probability the next word is drawn from.</summary>
    /// <value>The default is none: the provider's own.</value>
    [Range(0d, 1d)]
    public double? TopP { get; init; }

    /// <summary>Largest answer, in tokens.</summary>
    /// <value>The default is none: the provider's own.</value>
    [Range(1, int.MaxValue)]
    public int? MaxOutputTokens { get; init; }

    /// <summary>Seconds one call may take; 0 means no limit.</summary>
    /// <value>The default is 60.0.</value>
    [Range(0d, double.MaxValue)]
    public double TimeoutSeconds { get; init; } = 60.0;

    /// <summary>How often a failed call is tried again.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>Headers sent with every call. Their values are never shown.</summary>
    /// <value>The default is none.</value>
    public ImmutableSortedDictionary<string, string> AdditionalHeaders { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>How much a reasoning model may think.</summary>
    /// <value>The default is none: the provider's own.</value>
    public ReasoningEffort? ReasoningEffort { get; init; }

    /// <summary>What its tokens cost; sessions tell their cost by it. Ours.</summary>
    /// <value>The default is none: only tokens are counted.</value>
    public TokenPrice? Price { get; init; }
}
