using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>Which language model to call, and how.</summary>
public sealed record LlmParameters
{
    /// <summary>The provider that answers the calls.</summary>
    /// <value>The default is <c>openai</c>.</value>
    public LlmProvider Provider { get; init; } = LlmProvider.OpenAI;

    /// <summary>The model's name as its provider writes it. A leading <c>provider/</c> is allowed.</summary>
    [Required]
    public required string Model { get; init; }

    /// <summary>Name of the environment variable with the API key; never the key itself.</summary>
    /// <value>The default is <c>OPENAI_API_KEY</c>, for every provider.</value>
    [RegularExpression("^(?!AIza|AKIA|sk_|xai_)[A-Za-z_][A-Za-z0-9_]{0,63}$", ErrorMessage = "must be the name of an environment variable, not a key")]
    public string ApiKeyEnv { get; init; } = "OPENAI_API_KEY";

    /// <summary>Address of the service, if it is not the provider's own.</summary>
    /// <value>The default is none.</value>
    [RegularExpression(@"^https?://\S+$", ErrorMessage = "must be an absolute http or https address")]
    public string? ApiBase { get; init; }

    /// <summary>Organization that is billed for the calls.</summary>
    /// <value>The default is none.</value>
    public string? Organization { get; init; }

    /// <summary>Sampling temperature. Null sends none, for models that reject the parameter.</summary>
    /// <value>The default is 0.0.</value>
    [Range(0d, 2d)]
    public double? Temperature { get; init; } = 0.0;

    /// <summary>Nucleus sampling: the share of the probability mass from which the next token is drawn.</summary>
    /// <value>The default is none: the provider's default.</value>
    [Range(0d, 1d)]
    public double? TopP { get; init; }

    /// <summary>Maximum size of an answer, in tokens.</summary>
    /// <value>The default is none: the provider's default.</value>
    [Range(1, int.MaxValue)]
    public int? MaxOutputTokens { get; init; }

    /// <summary>Time limit for one call, in seconds; 0 means no limit.</summary>
    /// <value>The default is 60.0.</value>
    [Range(0d, double.MaxValue)]
    public double TimeoutSeconds { get; init; } = 60.0;

    /// <summary>How often a failed call is retried.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>Headers sent with every call. Their values are never shown.</summary>
    /// <value>The default is none.</value>
    public ImmutableSortedDictionary<string, string> AdditionalHeaders { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>How much a reasoning model may think.</summary>
    /// <value>The default is none: the provider's default.</value>
    public ReasoningEffort? ReasoningEffort { get; init; }

    /// <summary>What its tokens cost. Sessions use it to report their cost. Not in the original SDK.</summary>
    /// <value>The default is none: only tokens are counted.</value>
    public TokenPrice? Price { get; init; }
}
