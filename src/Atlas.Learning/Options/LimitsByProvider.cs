using System.Text.Json.Serialization;

namespace Atlas.Learning.Options;

/// <summary>The block <c>models.limits_by_provider</c>: limits for individual providers, under their names.</summary>
public sealed record LimitsByProvider
{
    /// <summary>Limits for OpenAI, and for each server that speaks its protocol at an <c>api_base</c> of its own.</summary>
    /// <value>The default is none: <c>models.limits</c> applies.</value>
    [JsonPropertyName("openai")]
    public ProviderLimits? OpenAI { get; init; }

    /// <summary>Limits for Anthropic.</summary>
    /// <value>The default is none: <c>models.limits</c> applies.</value>
    public ProviderLimits? Anthropic { get; init; }

    /// <summary>Limits for each Azure resource.</summary>
    /// <value>The default is none: <c>models.limits</c> applies.</value>
    [JsonPropertyName("azure-openai")]
    public ProviderLimits? AzureOpenAI { get; init; }

    /// <summary>Limits for Amazon Bedrock.</summary>
    /// <value>The default is none: <c>models.limits</c> applies.</value>
    public ProviderLimits? Bedrock { get; init; }

    /// <summary>Limits for Google's Gemini models.</summary>
    /// <value>The default is none: <c>models.limits</c> applies.</value>
    public ProviderLimits? Gemini { get; init; }

    /// <summary>Limits for xAI.</summary>
    /// <value>The default is none: <c>models.limits</c> applies.</value>
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
