using System.Text.Json.Serialization;

namespace Atlas.Learning.Options;

/// <summary>The block <c>models.limits_by_provider</c>: limits of single providers, under their names.</summary>
public sealed record LimitsByProvider
{
    /// <summary>Limits of OpenAI, and of each server that speaks its protocol at an <c>api_base</c> of its own.</summary>
    /// <value>The default is none: those of <c>models.limits</c>.</value>
    [JsonPropertyName("openai")]
    public ProviderLimits? OpenAI { get; init; }

    /// <summary>Limits of Anthropic.</summary>
    /// <value>The default is none: those of <c>models.limits</c>.</value>
    public ProviderLimits? Anthropic { get; init; }

    /// <summary>Limits of each Azure resource.</summary>
    /// <value>The default is none: those of <c>models.limits</c>.</value>
    [JsonPropertyName("azure-openai")]
    public ProviderLimits? AzureOpenAI { get; init; }

    /// <summary>Limits of Amazon Bedrock.</summary>
    /// <value>The default is none: those of <c>models.limits</c>.</value>
    public ProviderLimits? Bedrock { get; init; }

    /// <summary>Limits of Google's Gemini models.</summary>
    /// <value>The default is none: those of <c>models.limits</c>.</value>
    public ProviderLimits? Gemini { get; init; }

    /// <summary>Limits of xAI.</summary>
    /// <value>The default is none: those of <c>models.limits</c>.</value>
    [JsonPropertyName("xai")]
    public ProviderLimits? XAI { get; init; }

    /// <summary>The limits of one provider; null if it has none of its own.</summary>
    public ProviderLimits? Of(LlmProvider provider) => provider switch
    {
        LlmProvider.OpenAI => OpenAI,
        LlmProvider.Anthropic => Anthropic,
        LlmProvider.AzureOpenAI => AzureOpenAI,
        LlmProvider.Bedrock => Bedrock,
        LlmProvider.Gemini or LlmProvider.Google => Gemini,
        LlmProvider.XAI => XAI,
        _ => null,
    };
}
